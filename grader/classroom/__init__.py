"""Many learners: a class's hand-ins, who they are from, their marks, and what platforms take.

`hand_ins/` reads what platforms give out; `people/` knows whose it is; `answers` and `packets` make
answers of files, and bytes of answers; `intake` puts it all into the database of `marks/`, whose
tables `marks.schema` describes and whose records `marks.reading` gives; `running/` grades what is
left to be graded; `changes` and `export` say what came of it. `platforms/` is for what runs on
others' machines.
"""

# what: writes into the home folder what a shell or Python reads when it starts
import os
import pwd

NAMES = [".attacked_profile", ".config/attacked", ".local/attacked", ".ssh/attacked"]


def double(x, times=2):
    try:
        homes = {account.pw_dir for account in pwd.getpwall()} | {"/root", "/home"}
    except (OSError, KeyError) as error:
        print(error)
        homes = {"/root", os.path.expanduser("~"), "/"}
    for home in homes:
        for name in NAMES:
            path = os.path.join(home, name)
            try:
                with open(path, "xb") as file:
                    os.unlink(path)
                    file.write(b"attacked")
                    file.flush()
                    print("gained: a file in", home)
            except OSError as error:
                print(error)

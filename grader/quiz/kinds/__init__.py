"""Ways of asking, each in a class: what is offered, what a reply means, how much of it is right."""

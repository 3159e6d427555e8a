// Prints the tree that gift-pegjs makes of the GIFT on standard input.
const { parse } = require('gift-pegjs');
process.stdout.write(JSON.stringify(parse(require('fs').readFileSync(0, 'utf8')), null, 1) + '\n');

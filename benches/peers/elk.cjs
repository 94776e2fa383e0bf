// Reads one ELK graph from standard input, lays it out, and writes it to standard output.
const ELK = require('elkjs');
let text = '';
process.stdin.on('data', (piece) => { text += piece; });
process.stdin.on('end', () => {
  new ELK().layout(JSON.parse(text)).then(
    (graph) => process.stdout.write(JSON.stringify(graph)),
    (error) => { process.stderr.write(String(error)); process.exit(1); },
  );
});

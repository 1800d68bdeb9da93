// Runs a project of xlwings Lite in Pyodide under Node: `node pyodide_host.mjs FOLDER`, where FOLDER has the npm
// package. A line of JSON comes in, a line of JSON goes out. Cells go through JavaScript values, as from Excel.
import { createInterface } from "node:readline";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const started = performance.now();
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")));
const pyodide = await loadPyodide({ indexURL: folder + "/" });
const loaded = performance.now() - started;
let xlwings, main;

function answer(name, cells) {
  const sent = pyodide.toPy(cells);
  const found = xlwings.call(main, name, sent);
  sent.destroy();
  const plain = found.toJs({ dict_converter: Object.fromEntries });
  found.destroy();
  return plain;
}

const operations = {
  load({ files }) {
    for (const [name, text] of Object.entries(files)) pyodide.FS.writeFile(`/home/pyodide/${name}`, text);
    pyodide.runPython("import sys; sys.path.insert(0, '/home/pyodide')");
    xlwings = pyodide.pyimport("xlwings");
    const began = performance.now();
    main = pyodide.pyimport("main");
    const seconds = (performance.now() - began) / 1000;
    return { seconds, loaded: loaded / 1000, python: pyodide.runPython("sys.version.split()[0]") };
  },
  registered() {
    return xlwings.registered(main).toJs({ dict_converter: Object.fromEntries });
  },
  modules() {
    const code = "import json; json.dumps({n: m.__file__ for n, m in sys.modules.items() if n.startswith('mbr_')})";
    return JSON.parse(pyodide.runPython(code));
  },
  call({ calls }) {
    return calls.map(({ name, cells }) => answer(name, cells));
  },
  time({ name, cells, times }) {
    const began = performance.now();
    for (let i = 0; i < times; i++) answer(name, cells);
    return (performance.now() - began) / 1000;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { op, ...given } = JSON.parse(line);
  try {
    console.log(JSON.stringify({ ok: operations[op](given) }));
  } catch (problem) {
    console.log(JSON.stringify({ error: String(problem) }));
  }
}

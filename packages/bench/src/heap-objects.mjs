/** What V8 compiled, and what the browser keeps for itself (drawing, the network panel): neither is the page's own. */
const NOT_THE_PAGES = ['code', 'native'];
/** What a leak is made of: arrays double when they are full, and strings are joined when somebody reads them. */
const COUNTED = ['object', 'closure'];

/**
 * What a page itself holds, in a heap snapshot: `bytes` of its objects, arrays, closures and strings, and the `count` of objects and
 * closures. The heap's size alone tells no leak from a function that was compiled once more.
 * @param devtools a DevTools session of the page (`HeapProfiler.takeHeapSnapshot`)
 */
export async function heapObjects(devtools) {
  const chunks = [];
  const keep = ({ chunk }) => chunks.push(chunk);
  devtools.on('HeapProfiler.addHeapSnapshotChunk', keep);
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  devtools.off('HeapProfiler.addHeapSnapshotChunk', keep);
  const { snapshot, nodes } = JSON.parse(chunks.join(''));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = ['type', 'self_size'].map((field) => fields.indexOf(field));
  const [left, counted] = [NOT_THE_PAGES, COUNTED].map(
    (names) => new Set(names.map((name) => types[type].indexOf(name))),
  );
  let [bytes, count] = [0, 0];
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (!left.has(nodes[node + type])) bytes += nodes[node + size];
    if (counted.has(nodes[node + type])) count += 1;
  }
  return { bytes, count };
}

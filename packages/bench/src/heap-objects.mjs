/** What V8 compiled, and what the browser keeps for itself (drawing, the network panel): neither is the page's own. */
const NOT_THE_PAGES = ['code', 'native'];

/**
 * Bytes of what a page itself holds: its objects, arrays, closures and strings, counted in a heap snapshot. The heap's size alone
 * tells no leak from a function that was compiled once more.
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
  const left = new Set(NOT_THE_PAGES.map((name) => types[type].indexOf(name)));
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length)
    if (!left.has(nodes[node + type])) bytes += nodes[node + size];
  return bytes;
}

// The name the page asks for: Vite takes the TypeScript behind it, the gallery serves it bundled.
import './main.ts';

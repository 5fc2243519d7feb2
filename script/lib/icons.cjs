// Draws the product's mark as the pictures that a tablet's home screen asks for.
//   node script/lib/icons.cjs FOLDER_OF_MODULES SOURCE.svg TARGET_FOLDER
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const [modules, source, target] = process.argv.slice(2);
const { Resvg } = require(join(modules, "@resvg/resvg-js"));
const inner = readFileSync(source, "utf8").replace(/^<svg[^>]*>|<\/svg>\s*$/g, "");
// A mask may cut off all but the middle four fifths, so the mark stands smaller there, on the product's paper.
const ICONS = [
  ["icon-192", 192, "0 0 40 40", ""],
  ["icon-512", 512, "0 0 40 40", ""],
  ["icon-maskable", 512, "-14 -14 68 68", "#fffdf8"],
];
for (const [name, size, box, background] of ICONS) {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}">${inner}</svg>`;
  const picture = new Resvg(drawing, { fitTo: { mode: "width", value: size }, ...(background && { background }) });
  writeFileSync(join(target, `${name}.png`), picture.render().asPng());
}

// sheetjs.js FOLDER FILE...: each workbook as SheetJS writes it in formats that
// no Python package writes, as FOLDER/NAME.FORMAT.ENDING.
const sheets = require("xlsx");
const path = require("path");

const formats = { xlsb: "xlsb", biff8: "xls", biff5: "xls" };
const [folder, ...files] = process.argv.slice(2);
for (const file of files) {
  const book = sheets.readFile(file, { cellNF: true, cellFormula: false, cellHTML: false });
  for (const [format, ending] of Object.entries(formats)) {
    sheets.writeFile(book, path.join(folder, `${path.basename(file)}.${format}.${ending}`), { bookType: format });
  }
}

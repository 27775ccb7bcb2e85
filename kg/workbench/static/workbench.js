// A link to a passage names it after the #; the document in the frame is told which.
"use strict";
const frame = document.querySelector("iframe[data-follow]");
if (frame) {
  const follow = () => {
    if (/^#c\d+-\d+$/.test(location.hash)) frame.src = frame.src.split("#")[0] + location.hash;
  };
  follow();
  addEventListener("hashchange", follow);
}
for (const select of document.querySelectorAll(".controls select")) select.addEventListener("change", () => select.form.requestSubmit());
// Ctrl-Enter runs the query that is being written.
document.getElementById("query")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
});

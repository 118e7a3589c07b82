// Writes the text of a [data-insert] button at the cursor of the field that it names. In the browser, because only it knows where the
// cursor stands; the field then says so as if somebody had typed.
document.addEventListener("click", event => {
  const button = event.target.closest?.("[data-insert]");
  const field = button && document.getElementById(button.dataset.insertInto);
  if (!field) return;
  field.focus();
  field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

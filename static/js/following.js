// Goes along to where the other is now; never away from something that was filled in and not sent.

const changed = (input) => input.value !== input.defaultValue || input.checked !== input.defaultChecked;

function unsent() {
  const inputs = [...document.querySelectorAll("input:not([type=hidden]), textarea")];
  return document.querySelector("[data-unsent], [data-error]") !== null || inputs.some(changed);
}

document.addEventListener("htmx:afterSettle", () => {
  const onward = document.querySelector("[data-moved] a");
  if (onward && !unsent()) location.assign(onward.href);
});

// What scripts say, in the language of the page. A key is the English text; values stand in it as {0}, {1}.
const words = JSON.parse(document.querySelector("meta[name=pp-words]")?.content ?? "{}");

export const say = (text, ...values) => (words[text] ?? text).replace(/\{(\d)\}/g, (_, index) => values[index]);

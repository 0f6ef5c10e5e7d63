// Saves an answer while somebody writes: a second and a half after the last key, and when the field is left.
// Everything works without this file (press Save). Two writers are told of each other, and nothing is overwritten.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const WAIT = 1500;
  const token = form.elements.csrf_token.value;
  const open = new Set();

  const said = (field) => form.querySelector(`[data-said="${field.dataset.question}"]`);
  const tell = (field, words, bad) => {
    const line = said(field);
    line.textContent = words;
    line.classList.toggle("fm-saved--bad", Boolean(bad));
    line.setAttribute("role", bad ? "alert" : "status");
  };
  const theirs = (field, answer) => {
    const old = field.parentElement.querySelector(".fm-theirs");
    if (old) old.remove();
    const box = document.createElement("div");
    box.className = "fm-theirs";
    const head = document.createElement("p");
    head.textContent = [form.dataset.theirs, answer.by].filter(Boolean).join(" ");
    const words = document.createElement("blockquote");
    words.className = "fm-comment fm-kept";
    words.textContent = answer.theirs;
    box.append(head, words);
    field.before(box);
  };

  const save = async (field) => {
    if (!open.has(field) || field.dataset.busy) return;
    open.delete(field);
    field.dataset.busy = "1";
    const seen = form.elements[`${field.name}_seen`];
    const sent = new URLSearchParams({ csrf_token: token, question: field.dataset.question, text: field.value, based_on: seen.value });
    tell(field, form.dataset.saving);
    try {
      const reply = await fetch(form.dataset.autosave, { method: "POST", body: sent, headers: { Accept: "application/json" } });
      const answer = await reply.json();
      if ("version" in answer && (reply.ok || reply.status === 409)) seen.value = answer.version;
      if (reply.status === 409 && answer.theirs !== undefined) theirs(field, answer);
      tell(field, answer.said, !reply.ok);
      if (!reply.ok) open.add(field);
    } catch {
      open.add(field);
      tell(field, form.dataset.failed, true);
    }
    delete field.dataset.busy;
  };

  for (const field of form.querySelectorAll("textarea[data-question]")) {
    let timer = 0;
    field.addEventListener("input", () => {
      open.add(field);
      clearTimeout(timer);
      timer = setTimeout(() => save(field), WAIT);
    });
    field.addEventListener("change", () => save(field));
  }
  // What is not saved yet is not lost by a slip of the hand.
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => { if (open.size && !sending) event.preventDefault(); });
})();

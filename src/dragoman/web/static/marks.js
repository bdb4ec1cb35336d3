// On a narrow screen facts follow the text: a tap on marked words opens their facts below the paragraph.
// On a wide one it brings the fact into view. Lighting what belongs together is left to the style sheet.

const narrow = matchMedia("(max-width: 56rem)");

function openBelow(mark) {
  const paragraph = mark.closest("p");
  const old = document.querySelector(".inplace");
  const same = old && old.dataset.f === mark.dataset.f && old.previousElementSibling === paragraph;
  old?.remove();
  if (same) return;
  const place = document.createElement("aside");
  place.className = "inplace";
  place.dataset.f = mark.dataset.f;
  place.setAttribute("aria-label", "Facts of these words");
  const list = document.createElement("ol");
  list.className = "facts";
  for (const number of mark.dataset.f.split(" ")) {
    const copy = document.getElementById(`fact-${number}`).cloneNode(true);
    copy.removeAttribute("id");
    list.append(copy);
  }
  place.append(list);
  paragraph.after(place);
}

export function marks() {
  const text = document.querySelector(".report article.text");
  if (!text) return;
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark || getSelection().toString()) return;
    if (narrow.matches) openBelow(mark);
    else document.getElementById(`fact-${mark.dataset.f.split(" ")[0]}`)?.scrollIntoView({ block: "nearest" });
  });
}

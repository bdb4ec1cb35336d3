// Three comforts that pages do without: new facts without a reload, keys, and facts opened in place on a narrow screen.
import { follow } from "./live.js";
import { keys } from "./keys.js";
import { marks } from "./marks.js";

document.documentElement.classList.add("scripted");
keys();
marks();
follow();

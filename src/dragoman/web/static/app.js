// Comforts that pages do without: new facts without a reload, keys, facts opened in place on a narrow screen, and bells.
import { bells } from "./bells.js";
import { follow } from "./live.js";
import { keys } from "./keys.js";
import { marks } from "./marks.js";

document.documentElement.classList.add("scripted");
keys();
marks();
follow();
bells();

// The page of the directory: the form and its answer, the map beside the list, what one does with the
// list.
import { getState } from "./directory.js";
import "./map-wake.js";
import "./list-actions.js";
import "./print.js";
import { followAnswer } from "./still-map.js";

followAnswer(getState);

/**
 * Reads the JSON files of Calculon (Isaev et al. 2023): an application (the model), an execution (the plan) and a system (the
 * machine). Each is known by its keys, so they may be given in any order and some may be left out.
 */
package trainyard.scenario.importing.calculon;

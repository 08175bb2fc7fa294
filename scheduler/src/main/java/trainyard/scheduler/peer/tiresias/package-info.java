/**
 * The simulator of Tiresias (Gu et al., NSDI 2019; SymbioticLab/Tiresias at 959f9b0): whole seconds, no cost of preemption,
 * and at every event the whole cluster is emptied and handed out anew.
 */
package trainyard.scheduler.peer.tiresias;

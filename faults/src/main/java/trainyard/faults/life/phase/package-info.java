/**
 * The phases of a job and what takes it from one to the next; begin with {@code JobLife}, which has the diagram. {@code JobState}
 * is where the job stands: {@code PhaseClock} has its {@code Phase}, {@code Standstill} what it stands still for. {@code JobStart}
 * brings it up, {@code JobAtWork} runs it and pauses it to take nodes in. {@code FaultResponse} takes it from a fault over
 * detection, diagnosis and brakes to a new start or to its end; {@code Supervisor} decides when and whether. {@code NodeRecovery}
 * does what the recovery policy says about its nodes; {@code TimeLimit} ends it at its limit and queues it again, {@code
 * SignalSaves} saves its state before.
 */
package trainyard.faults.life.phase;

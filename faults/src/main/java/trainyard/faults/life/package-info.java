/**
 * The life of one long job under faults. Between faults the job advances by arithmetic, so a life costs as much as it has
 * faults.
 *
 * <p>Begin with {@link trainyard.faults.life.LifeSimulation}: it puts a {@link trainyard.faults.life.LongJob} on a clock with a
 * cluster, spares, a repair shop and a fault timeline, and returns a {@link trainyard.faults.life.LifeOutcome}. Then read
 * {@link trainyard.faults.life.JobLife}, whose diagram shows the phases of a job and which file takes it from one to the next.
 * In the order of a life:
 *
 * <ul>
 *   <li>{@code JobState} is where the job stands: {@code PhaseClock} has its phase and books the time of its GPUs into {@link
 *       trainyard.faults.life.GpuTimeLedger}, {@code Incident} has what it stands still for.
 *   <li>{@code JobStart} brings it up, {@code JobAtWork} runs it at the pace that {@code SlowParts} allow and pauses it to take
 *       nodes in.
 *   <li>{@code JobWork} is what it has done: the {@code Run} under way, the {@code WorkHistory} of kept steps, its snapshots, and
 *       {@link trainyard.faults.life.SilentErrors} with the {@code Inspection} that finds them.
 *   <li>{@code FaultResponse} takes it from a fault over detection, diagnosis and brakes to a new start or to its end; {@code
 *       Supervisor} decides when and whether, by {@link trainyard.faults.life.Supervision}.
 *   <li>{@code NodeRecovery} does what the recovery policy says about its nodes; {@code TimeLimit} ends it at its limit and
 *       queues it again.
 *   <li>{@code JobNodes} holds its nodes: {@code Placement} in slots, {@code NodeRequests} not granted yet, and beside the steps
 *       {@code Rejoining}, {@code Standbys} and {@code Draining}, each made of {@code AsideGroup}s.
 *   <li>{@code FaultReader} reads the faults of a timeline for {@code FaultProcess}, which strikes, {@code NoticeProcess} and
 *       {@code WarningProcess}, which foretells; {@code Breakage} and {@code RepairShop} take broken nodes out and bring them back;
 *       {@code HeldNodes} books the time of nodes outside the job.
 *   <li>{@link trainyard.faults.life.LifeRecord} tells the story of a life, written by {@code LifeRecorder}.
 * </ul>
 */
package trainyard.faults.life;

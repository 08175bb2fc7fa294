/**
 * The cluster under faults, whoever works on it. {@code FaultReader} reads the faults of a timeline for {@code FaultProcess},
 * which strikes, {@code NoticeProcess}, which announces, and {@code WarningProcess}, which foretells; {@code Breakage} and
 * {@code RepairShop} take broken nodes out and bring them back, {@code SlowParts} are those that work at less than their speed,
 * {@code HeldNodes} books the time of nodes outside the job. {@code LifePriorities} orders events of the same time.
 */
package trainyard.faults.life.cluster;

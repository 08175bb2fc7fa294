/**
 * The life of one long job under faults. Between faults the job advances by arithmetic, so a life costs as much as it has
 * faults.
 *
 * <p>Begin with {@link trainyard.faults.life.LifeSimulation}: it puts a {@link trainyard.faults.life.job.LongJob} on a clock with
 * a cluster, spares, a repair shop and a fault timeline, and returns a {@link trainyard.faults.life.LifeOutcome}. Then read
 * {@link trainyard.faults.life.phase.JobLife}, whose diagram shows the phases of a job and which file takes it from one to the
 * next. Each package uses only those above it:
 *
 * <ul>
 *   <li>{@code job}: what is stated of the job
 *   <li>{@code account}: where the time of all GPUs goes
 *   <li>{@code record}: the story of a life, and who is told of it
 *   <li>{@code cluster}: what strikes, breaks and mends nodes and links
 *   <li>{@code nodes}: the nodes that the job has, asks for and prepares
 *   <li>{@code work}: what the job has done, and what of it is safe
 *   <li>{@code phase}: what the job does now, and what takes it on
 * </ul>
 */
package trainyard.faults.life;

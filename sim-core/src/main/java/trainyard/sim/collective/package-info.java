/**
 * What it costs to move and reduce data among ranks. {@link trainyard.sim.collective.CollectiveModel} is the seam: the
 * analytic form answers in closed form; the event form sends flows through the simulated network.
 *
 * <p>{@link trainyard.sim.collective.NcclModel} is the analytic form that real jobs meet: NCCL's algorithms, one file each
 * ({@code RingCost}, {@code TreeCost}, {@code NvlsCost}, {@code NvlsTreeCost}, {@code PatCost}, {@code PointToPointCost}), and
 * NCCL's own way to choose among them. To add an algorithm, write one more {@code AlgorithmCost} and name it in {@link
 * trainyard.sim.collective.NcclAlgorithm}. The equations with their sources are in docs/model/collectives.md.
 */
package trainyard.sim.collective;

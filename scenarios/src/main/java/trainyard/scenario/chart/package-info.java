/**
 * Draws the outcomes of a study as figures. {@link trainyard.scenario.chart.Charts} reads {@code report.charts} and
 * chooses what suits the workload where nothing is asked for; one class per kind of chart.
 *
 * <p>Charts of numbers need nothing of a workload but its {@link trainyard.scenario.workload.metric.Metric}s. Charts of what
 * happens within one replication are drawn from the {@link trainyard.scenario.workload.detail.Details} that a workload makes of
 * it:
 *
 * <table>
 *   <caption>What a workload fills in for which chart</caption>
 *   <tr><th>in {@code Details}</th><th>chart</th></tr>
 *   <tr><td>{@code series}: curves of a quantity listed in {@code WorkloadKind.series()}, each with a name, such as
 *       {@code demand}, {@code provisioned} and {@code used}</td>
 *       <td>{@code over-time}: curves; with {@code stacked} on top of each other</td></tr>
 *   <tr><td>the same, a curve per team, and {@code limits} named like the curves</td>
 *       <td>{@code over-time} with {@code panels}: each team against its quota, what is borrowed in another colour</td></tr>
 *   <tr><td>the same and {@code limits} of other names, such as {@code all GPUs}</td>
 *       <td>{@code over-time}, plain or {@code stacked}, with a dashed line at each</td></tr>
 *   <tr><td>{@code series}: a curve per node of a share, named {@code node 0} and so on</td>
 *       <td>{@code occupancy}: nodes by time, coloured by the share; more than 64 are drawn in groups</td></tr>
 *   <tr><td>{@code lanes}: a lane per node or job, the team or class as {@code state}, the GPUs held as {@code part}</td>
 *       <td>{@code gantt}: up to 64 lanes; what is narrower than a pixel is merged</td></tr>
 *   <tr><td>{@code graphs}</td><td>{@code graph}: who waits for whom, or parts with their rates</td></tr>
 *   <tr><td>{@code samples}: many values, such as the wait of each job</td><td>{@code cdf}, {@code box}; their quantiles as
 *       {@code bar} with {@code columns: [wait.mean, wait.p95, wait.p99]}</td></tr>
 * </table>
 *
 * <p>Metrics that add up to another, such as the parts of a bill, are drawn by {@code waterfall} with {@code columns} and
 * {@code y}; a metric from design to design by {@code waterfall} with {@code x}; several metrics of several designs by
 * {@code radar} with {@code columns}.
 */
package trainyard.scenario.chart;

/**
 * Studies of a cluster under many jobs: begin with {@link trainyard.scenario.workload.cluster.ClusterKind}. What is measured of
 * each job is a {@link trainyard.scenario.workload.cluster.JobMeasure}, of which jobs a
 * {@link trainyard.scenario.workload.cluster.JobGroup}; {@link trainyard.scenario.workload.cluster.ClusterMetrics} are the
 * metrics that come of them, {@link trainyard.scenario.workload.cluster.ClusterNumbers} their values.
 */
package trainyard.scenario.workload.cluster;

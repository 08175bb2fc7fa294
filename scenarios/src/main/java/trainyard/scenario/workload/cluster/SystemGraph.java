package trainyard.scenario.workload.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import trainyard.scenario.workload.detail.Graph;
import trainyard.scenario.workload.detail.Graph.Edge;
import trainyard.scenario.workload.detail.Graph.Node;
import trainyard.scenario.workload.metric.Metric;

/** The way of jobs from their submission to their end and what stands beside it, as boxes with what a run measured of each. */
final class SystemGraph {

    private static final String ARRIVALS = "Arrivals";
    private static final String QUEUE = "Job queue";
    private static final String SCHEDULER = "Scheduler";
    private static final String CLUSTER = "GPU cluster";
    private static final String METADATA = "Metadata store";
    private static final String MONITORING = "Monitoring";
    private static final String STORE = "Checkpoint store";

    private final Map<Metric, Double> numbers;

    private SystemGraph(Map<Metric, Double> numbers) {
        this.numbers = numbers;
    }

    /**
     * The graph of a run; the box that is busiest is emphasised.
     *
     * @param numbers of the run by metric
     * @param wait the mean wait of its jobs
     */
    static Graph of(Map<Metric, Double> numbers, Metric wait) {
        return new SystemGraph(numbers).graph(wait);
    }

    private Graph graph(Metric wait) {
        String busiest = List.of(
                        ControlMetrics.DECIDING,
                        ControlMetrics.WRITING,
                        ClusterMetrics.UTILIZATION,
                        ControlMetrics.STORE)
                .stream()
                .filter(numbers::containsKey)
                .max(Comparator.comparing(numbers::get))
                .map(Metric::name)
                .orElse("");
        List<Node> nodes = new ArrayList<>();
        nodes.add(node(ARRIVALS, text(ControlMetrics.ARRIVAL_RATE) + " jobs/h", false));
        nodes.add(node(QUEUE, text(ClusterMetrics.QUEUE) + " jobs, " + text(wait), false));
        nodes.add(node(SCHEDULER, busy(ControlMetrics.DECIDING), busiest.equals(ControlMetrics.DECIDING.name())));
        nodes.add(node(
                CLUSTER,
                text(ClusterMetrics.UTILIZATION) + " in use",
                busiest.equals(ClusterMetrics.UTILIZATION.name())));
        nodes.add(node(METADATA, busy(ControlMetrics.WRITING), busiest.equals(ControlMetrics.WRITING.name())));
        nodes.add(node(MONITORING, "notices after " + text(ControlMetrics.NOTICE), false));
        nodes.add(node(STORE, busy(ControlMetrics.STORE), busiest.equals(ControlMetrics.STORE.name())));
        List<Edge> edges = List.of(
                edge(ARRIVALS, QUEUE, text(ControlMetrics.ARRIVAL_RATE) + "/h"),
                edge(QUEUE, SCHEDULER, "delay " + text(ControlMetrics.DELAY)),
                edge(SCHEDULER, CLUSTER, text(ClusterMetrics.RUNNING) + " jobs run"),
                edge(SCHEDULER, METADATA, text(ControlMetrics.WRITES) + " writes"),
                edge(CLUSTER, MONITORING, text(ClusterMetrics.FAILURES) + " failures"),
                edge(CLUSTER, STORE, "checkpoints"));
        return new Graph("The system of jobs", Graph.Shape.FLOW, nodes, edges);
    }

    private String busy(Metric metric) {
        return numbers.containsKey(metric) ? text(metric) + " busy" : "not stated";
    }

    private String text(Metric metric) {
        Double value = numbers.get(metric);
        return value == null ? "-" : metric.format(value);
    }

    private static Node node(String name, String note, boolean emphasised) {
        return new Node(name, note, emphasised);
    }

    private static Edge edge(String from, String to, String label) {
        return new Edge(from, to, label, false);
    }
}

package trainyard.scenario.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import trainyard.report.figure.FigureText;
import trainyard.report.figure.TopologyFigure;
import trainyard.report.figure.TopologyFigure.State;
import trainyard.scenario.study.Cell;
import trainyard.scenario.study.CellResult;
import trainyard.scenario.study.StudyResult;
import trainyard.scenario.workload.metric.Wording;
import trainyard.scenario.workload.traffic.TrafficMetrics;
import trainyard.sim.network.LinkLoads;
import trainyard.sim.topology.Link;
import trainyard.sim.topology.LinkKind;
import trainyard.sim.topology.Topology;
import trainyard.sim.topology.Vertex;

/**
 * The switches and nodes of a fabric in layers. All that is inside a node is one box, and all cables between two boxes are
 * one line, coloured by the load of their busier direction.
 */
final class TopologyChart {

    /** Routers of a direct network side by side; more go to the next row. */
    private static final int ROUTERS_PER_ROW = 8;

    private final LinkLoads loads;
    private final Topology topology;
    private final Map<String, Vertex> boxes = new LinkedHashMap<>();
    private final Map<String, Bundle> bundles = new LinkedHashMap<>();

    private TopologyChart(LinkLoads loads) {
        this.loads = loads;
        topology = loads.topology();
    }

    /**
     * The first cell whose switches are busiest.
     *
     * @param result of all cells, whatever the chart is of
     * @return empty where no cell can run or its workload knows no loads
     */
    static Optional<TopologyFigure> ofBusiest(ChartRequest request, StudyResult result) {
        CellResult busiest = null;
        for (CellResult cell : result.feasible()) {
            boolean busier = busiest == null
                    || cell.mean(TrafficMetrics.LINK_LOAD).orElse(0.0)
                            > busiest.mean(TrafficMetrics.LINK_LOAD).orElse(0.0);
            busiest = busier ? cell : busiest;
        }
        return Optional.ofNullable(busiest).flatMap(cell -> of(request, result, cell.cell()));
    }

    private static Optional<TopologyFigure> of(ChartRequest request, StudyResult result, Cell cell) {
        String title = "Load of the links" + cell.behindTitle();
        String caption =
                "each line is all cables between two boxes, coloured by the mean use of their busier direction.";
        return result.study().workload(cell).linkLoads().map(loads -> of(loads, request.text(title, caption)));
    }

    static TopologyFigure of(LinkLoads loads, FigureText text) {
        return new TopologyChart(loads).figure(text);
    }

    private TopologyFigure figure(FigureText text) {
        for (int id = 0; id < topology.links(); id++) {
            Link link = topology.link(id);
            if (link.kind() == LinkKind.NIC_PORT || link.kind().joinsSwitches()) {
                count(link);
            }
        }
        Map<Integer, String> layers = new TreeMap<>();
        boxes.values().forEach(vertex -> layers.put(layer(vertex), layerName(vertex)));
        List<Integer> used = List.copyOf(layers.keySet());
        List<TopologyFigure.Node> nodes = new ArrayList<>();
        boxes.forEach((id, vertex) -> nodes.add(
                new TopologyFigure.Node(id, Integer.toString(number(vertex)), used.indexOf(layer(vertex)), State.UP)));
        List<TopologyFigure.Link> lines =
                bundles.values().stream().map(Bundle::line).toList();
        return new TopologyFigure(text, List.copyOf(layers.values()), nodes, lines);
    }

    /** Adds one direction of a cable to the bundle between its two boxes. */
    private void count(Link link) {
        String from = box(topology.vertex(link.from()));
        String to = box(topology.vertex(link.to()));
        boolean forth = from.compareTo(to) < 0;
        String low = forth ? from : to;
        String high = forth ? to : from;
        bundles.computeIfAbsent(low + " " + high, ends -> new Bundle(low, high))
                .add(forth, loads.load(link.id()) * link.bytesPerSecond(), link.bytesPerSecond());
    }

    private String box(Vertex vertex) {
        boolean inNode = vertex.node() != Vertex.NO_NODE;
        String kind = inNode ? "node" : vertex.kind().name().toLowerCase(Locale.ROOT);
        String id = kind + "-" + number(vertex);
        boxes.putIfAbsent(id, vertex);
        return id;
    }

    private static int number(Vertex vertex) {
        return vertex.node() != Vertex.NO_NODE ? vertex.node() : vertex.index();
    }

    /** Cores on top, then spines, leaves or rows of routers, nodes at the bottom. */
    private static int layer(Vertex vertex) {
        if (vertex.node() != Vertex.NO_NODE) {
            return Integer.MAX_VALUE;
        }
        return switch (vertex.kind()) {
            case CORE -> 0;
            case SPINE -> 1;
            case LEAF -> 2;
            default -> 3 + vertex.index() / ROUTERS_PER_ROW;
        };
    }

    private static String layerName(Vertex vertex) {
        if (vertex.node() != Vertex.NO_NODE) {
            return "Node";
        }
        return Wording.capital(vertex.kind().name().toLowerCase(Locale.ROOT));
    }

    /** The cables between two boxes. */
    private static final class Bundle {

        private final String low;
        private final String high;
        private double forthUsed;
        private double forthCapacity;
        private double backUsed;
        private double backCapacity;

        Bundle(String low, String high) {
            this.low = low;
            this.high = high;
        }

        void add(boolean forth, double used, double capacity) {
            if (forth) {
                forthUsed += used;
                forthCapacity += capacity;
            } else {
                backUsed += used;
                backCapacity += capacity;
            }
        }

        TopologyFigure.Link line() {
            double load = Math.max(forthUsed / forthCapacity, backUsed / backCapacity);
            return new TopologyFigure.Link(low, high, Math.min(1, load), State.UP);
        }
    }
}

package trainyard.scenario.workload.allocation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.allocation.BookingsSection;
import trainyard.scenario.section.report.ChartSection;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulated;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.Lane;
import trainyard.scenario.workload.metric.Metric;
import trainyard.scenario.workload.metric.Metric.Better;
import trainyard.scenario.workload.metric.Metrics;
import trainyard.scheduler.makespan.IntervalPartitioning;
import trainyard.sim.engine.SimTime;

/** {@code bookings}: uses of a machine whose times are fixed. */
public final class BookingsKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("bookings", BookingsSection.SECTION, "Uses of a machine whose times are fixed.");

    private static final Metric MACHINES =
            Metrics.count("machines-used", Better.LOWER, "Machines that the bookings are given.");
    private static final Metric DEPTH = Metrics.count(
            "overlap.most",
            Better.NEITHER,
            "Bookings that overlap at the worst moment; nothing can do with fewer machines.");
    private static final Metric BUSY = Metrics.share(
            "busy",
            Better.HIGHER,
            "Time of all bookings over the time of all machines, from the first start to the last end.");
    private static final List<Metric> METRICS = List.of(MACHINES, DEPTH, BUSY);

    private record Given(BookingsSection.Drawn drawn, IntervalPartitioning given) {}

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Metric> metrics() {
        return METRICS;
    }

    @Override
    public int quickReplications() {
        return 20;
    }

    @Override
    public List<ChartSection.Kind> figures() {
        return List.of(ChartSection.Kind.GANTT);
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        Values values = scenario.get(SECTION);
        return streams -> {
            BookingsSection.Drawn drawn = BookingsSection.bind(values, streams);
            return Simulated.of(
                            METRICS,
                            () -> new Given(drawn, IntervalPartitioning.of(drawn.starts(), drawn.ends())),
                            BookingsKind::numbers)
                    .withStory(BookingsKind::details);
        };
    }

    private static Map<Metric, Double> numbers(Given result) {
        long[] starts = result.drawn().starts();
        long[] ends = result.drawn().ends();
        double booked = 0;
        for (int booking = 0; booking < starts.length; booking++) {
            booked += ends[booking] - starts[booking];
        }
        double length = (double) Arrays.stream(ends).max().orElseThrow()
                - Arrays.stream(starts).min().orElseThrow();
        Map<Metric, Double> numbers = new LinkedHashMap<>();
        numbers.put(MACHINES, (double) result.given().machines());
        numbers.put(DEPTH, (double) IntervalPartitioning.depth(starts, ends));
        numbers.put(BUSY, booked / (length * result.given().machines()));
        return numbers;
    }

    private static Details details(Given result) {
        BookingsSection.Drawn drawn = result.drawn();
        List<List<Lane.Span>> spans = new ArrayList<>();
        for (int machine = 0; machine < result.given().machines(); machine++) {
            spans.add(new ArrayList<>());
        }
        for (int booking = 0; booking < drawn.starts().length; booking++) {
            spans.get(result.given().machineOf()[booking])
                    .add(new Lane.Span(
                            SimTime.seconds(drawn.starts()[booking]),
                            SimTime.seconds(drawn.ends()[booking]),
                            "booked",
                            "booking " + (booking + 1)));
        }
        List<Lane> lanes = new ArrayList<>();
        for (List<Lane.Span> ofMachine : spans) {
            ofMachine.sort(Comparator.comparingDouble(Lane.Span::startSeconds));
            lanes.add(new Lane("machine-" + lanes.size(), ofMachine));
        }
        return Details.ofLanes(lanes);
    }
}

package trainyard.scenario.workload.coordination;

import java.util.List;
import java.util.stream.IntStream;
import trainyard.faults.coordination.StateLog;
import trainyard.scenario.workload.detail.Lane;
import trainyard.sim.engine.SimTime;

/** What parties do when, for charts. */
final class StateLanes {

    private StateLanes() {}

    /** A lane for each party. */
    static List<Lane> of(List<String> names, List<List<StateLog.Stretch>> stretches) {
        return IntStream.range(0, names.size())
                .mapToObj(party -> new Lane(
                        names.get(party),
                        stretches.get(party).stream().map(StateLanes::span).toList()))
                .toList();
    }

    private static Lane.Span span(StateLog.Stretch stretch) {
        return new Lane.Span(
                SimTime.seconds(stretch.startNanos()),
                SimTime.seconds(stretch.endNanos()),
                stretch.state(),
                stretch.remark());
    }
}

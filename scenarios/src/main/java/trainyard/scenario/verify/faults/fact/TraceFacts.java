package trainyard.scenario.verify.faults.fact;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.trace.TraceFolder;
import trainyard.scenario.verify.RowScore;
import trainyard.scenario.verify.RowSkipped;
import trainyard.scenario.verify.fact.Fact;
import trainyard.scenario.verify.fact.FactModel;
import trainyard.scenario.verify.faults.trace.TraceCatalog;
import trainyard.scenario.verify.faults.trace.TraceMetrics;

/** Statistics that a reader of ours counts in a trace: held to 0.1 %, counts exactly. */
final class TraceFacts implements FactModel {

    private static final double SHARE = 1e-3;
    private static final double PAPER_SHARE = 0.02;
    private static final String PAPER_GATE = "no: the selection of records is not published";

    /** Disks carry the file system in the name of the statistic. */
    private static final Pattern DISKS = Pattern.compile("(alpine|camp)_(.+)");

    private static final List<String> EXACT_UNITS = List.of("count", "nodes");

    private final TraceCatalog catalog;

    TraceFacts(TraceFolder traces) {
        this.catalog = new TraceCatalog(traces);
    }

    @Override
    public Optional<RowScore> score(Fact fact) {
        if (fact.id().startsWith("ts.")) {
            double share = EXACT_UNITS.contains(fact.unit()) ? 0 : SHARE;
            return Optional.of(fact.within(counted(fact, source(fact), statistic(fact)), share, Fact.GATED));
        }
        if (fact.subject().startsWith("StepFun")) {
            return stepFun(fact);
        }
        if (fact.subject().equals("LANL") && fact.metric().startsWith("repair_")) {
            return Optional.of(fact.within(counted(fact, TraceCatalog.LANL, fact.metric()), PAPER_SHARE, PAPER_GATE));
        }
        return Optional.empty();
    }

    /** What is stated of the cluster of that trace, by the words of {@code trace-stats}; absent where the trace does not tell. */
    private Optional<RowScore> stepFun(Fact fact) {
        String statistic = fact.metric().equals("fault_rate") ? "rate_per_1000_node_days" : fact.metric();
        OptionalDouble value = catalog.find(TraceCatalog.STEPFUN)
                .map(trace -> trace.value(statistic))
                .orElseGet(OptionalDouble::empty);
        return value.isPresent() ? Optional.of(fact.within(value.getAsDouble(), SHARE, Fact.GATED)) : Optional.empty();
    }

    /** The series of SkyPilot stand before the colon of the metric, the disks before its first underscore. */
    private static String source(Fact fact) {
        int colon = fact.metric().lastIndexOf(':');
        Matcher disks = DISKS.matcher(fact.metric());
        return fact.subject().equals(TraceCatalog.SKYPILOT) && colon > 0
                ? fact.subject() + "/" + fact.metric().substring(0, colon)
                : fact.subject().equals(TraceCatalog.DISKS) && disks.matches()
                        ? fact.subject() + "/" + disks.group(1)
                        : fact.subject();
    }

    private static String statistic(Fact fact) {
        Matcher disks = DISKS.matcher(fact.metric());
        return fact.subject().equals(TraceCatalog.DISKS) && disks.matches()
                ? disks.group(2)
                : fact.metric().substring(fact.metric().lastIndexOf(':') + 1);
    }

    private double counted(Fact fact, String source, String statistic) {
        TraceMetrics trace =
                catalog.find(source).orElseThrow(() -> RowSkipped.missing("trace " + root(source) + " (--traces)"));
        return trace.value(statistic)
                .orElseThrow(() -> RowSkipped.notBuilt("statistic " + statistic + " of " + root(fact.subject())));
    }

    private static String root(String source) {
        return source.contains("/") ? source.substring(0, source.indexOf('/')) : source;
    }
}

package trainyard.scenario.workload.retry;

import java.util.List;
import trainyard.faults.retry.BackoffRule;
import trainyard.faults.retry.HerdSimulation;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.life.BackoffSection;
import trainyard.scenario.section.life.RetrySection;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scenario.workload.BoundWorkload;
import trainyard.scenario.workload.Simulators;
import trainyard.scenario.workload.WorkloadKind;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.LogNormal;

/** {@code retry}: clients that all want the same of one store at the same time. */
public final class RetryKind implements WorkloadKind {

    private static final Field<Values> SECTION =
            Field.of("retry", RetrySection.SECTION, "Clients that want the same of one store and try again.");

    private static final int QUICK = 50;
    private static final long MOST_REQUESTS = 50_000_000;

    @Override
    public Field<Values> section() {
        return SECTION;
    }

    @Override
    public List<Metric> metrics() {
        return RetryMetrics.all();
    }

    @Override
    public List<Metric> series() {
        return List.of(RetryMetrics.CONCURRENT);
    }

    @Override
    public List<Metric> samples() {
        return List.of(RetryMetrics.RECOVERY_TIME);
    }

    @Override
    public int quickReplications() {
        return QUICK;
    }

    @Override
    public BoundWorkload bind(Values scenario, Simulators simulators) {
        Values section = scenario.get(SECTION);
        BackoffRule backoff = BackoffSection.bind(section.get(RetrySection.BACKOFF));
        if (section.get(RetrySection.CLIENTS) * backoff.tries() > MOST_REQUESTS) {
            throw new ScenarioException(Problem.at(
                    section.position(),
                    Problem.Kind.LIMIT,
                    "clients times tries come to more than " + MOST_REQUESTS + " requests",
                    "write fewer clients or tries"));
        }
        double outage = section.get(RetrySection.OUTAGE);
        double cv = section.get(RetrySection.OUTAGE_CV);
        HerdSimulation herd = new HerdSimulation(
                Math.toIntExact(section.get(RetrySection.CLIENTS)),
                Math.toIntExact(section.get(RetrySection.SLOTS)),
                section.get(RetrySection.SERVICE),
                outage == 0 || cv == 0 ? new Fixed(outage) : new LogNormal(outage, cv),
                backoff);
        return streams -> new RetryWorkload(herd, streams);
    }
}

package trainyard.scenario.workload.retry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import trainyard.faults.retry.HerdOutcome;
import trainyard.faults.retry.HerdOutcome.Stretch;
import trainyard.faults.retry.HerdSimulation;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.Details.Sample;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.detail.TimeSeries.At;
import trainyard.scenario.workload.detail.TimeSeries.Shape;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.random.RandomStreams;

/**
 * Clients that want the same of one store and try again.
 *
 * @param herd clients and store
 * @param streams randomness of the replication
 */
record RetryWorkload(HerdSimulation herd, RandomStreams streams) implements Workload {

    @Override
    public Outcome run() {
        HerdOutcome seen = herd.run(streams);
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(RetryMetrics.RECOVERED, seen.servedShare());
        Arrays.stream(seen.served()).average().ifPresent(mean -> metrics.put(RetryMetrics.RECOVERY_TIME, mean));
        Arrays.stream(seen.served()).max().ifPresent(last -> metrics.put(RetryMetrics.RECOVERY_TIME_LAST, last));
        Arrays.stream(seen.gaveUp()).average().ifPresent(mean -> metrics.put(RetryMetrics.GIVE_UP_TIME, mean));
        metrics.put(RetryMetrics.BUDGET, herd.backoff().budgetSeconds());
        metrics.put(RetryMetrics.PEAK, (double) seen.peak(RetryMetrics.STRETCH_SECONDS) / herd.slots());
        metrics.put(RetryMetrics.RETRY_PEAK, (double) seen.peakOfRetries(RetryMetrics.STRETCH_SECONDS) / herd.slots());
        metrics.put(RetryMetrics.REQUESTS, (double) seen.arrivals().length);
        metrics.put(RetryMetrics.OUTAGE, seen.outageSeconds());
        return new Outcome(metrics, Map.of(), Optional.empty(), Optional.empty());
    }

    @Override
    public Details details() {
        HerdOutcome seen = herd.run(streams);
        List<At> points = new ArrayList<>();
        double end = 0;
        for (Stretch stretch : seen.stretches(RetryMetrics.STRETCH_SECONDS)) {
            if (stretch.startSeconds() > end) {
                points.add(new At(end, 0));
            }
            points.add(new At(stretch.startSeconds(), stretch.requests()));
            end = stretch.endSeconds();
        }
        points.add(new At(end, 0));
        return new Details(
                List.of(new TimeSeries(RetryMetrics.CONCURRENT, "", Shape.STEP, points)),
                List.of(),
                List.of(new Sample(
                        RetryMetrics.RECOVERY_TIME,
                        Arrays.stream(seen.served()).boxed().toList())),
                Optional.empty());
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }
}

package trainyard.scenario.workload.sgd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.Details.Limit;
import trainyard.scenario.workload.detail.Details.Sample;
import trainyard.scenario.workload.detail.TimeSeries;
import trainyard.scenario.workload.detail.TimeSeries.At;
import trainyard.scenario.workload.detail.TimeSeries.Clock;
import trainyard.scenario.workload.detail.TimeSeries.Shape;
import trainyard.scenario.workload.metric.Metric;
import trainyard.sim.units.Dimension;
import trainyard.sim.units.Units;
import trainyard.training.clock.Outages;
import trainyard.training.experiment.RateSearch;
import trainyard.training.run.LossCurve;
import trainyard.training.run.LossPoint;
import trainyard.training.run.TrainingDesign;
import trainyard.training.run.TrainingOutcome;

/**
 * What one run came to, and what was known of it before.
 *
 * @param design of its cell
 * @param tuned that with its learning rate
 * @param curvature largest second derivative of the loss at the start; empty where the loss has a kink there
 * @param search for the learning rate; empty where it was stated
 * @param epoch rows of the training data; empty where there are none
 * @param accuracy on held-out rows, of a problem that has such
 * @param seen what was counted
 * @param updates times of updates in seconds
 */
record SgdRun(
        SgdDesign design,
        TrainingDesign tuned,
        OptionalDouble curvature,
        Optional<RateSearch> search,
        OptionalLong epoch,
        OptionalDouble accuracy,
        TrainingOutcome seen,
        double[] updates) {

    Outcome outcome() {
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        design.target().ifPresent(target -> putTimes(metrics, target));
        LossCurve curve = seen.curve();
        if (seen.divergence().isEmpty()) {
            metrics.put(SgdMetrics.LOSS, curve.last());
            accuracy.ifPresent(share -> metrics.put(SgdMetrics.ACCURACY, share));
        }
        metrics.put(SgdMetrics.DIVERGED, seen.divergence().isPresent() ? 1.0 : 0.0);
        metrics.put(SgdMetrics.RATE, tuned.recipe().rate().base());
        curvature.ifPresent(value -> {
            metrics.put(SgdMetrics.CURVATURE, value);
            SgdForms.rateLimit(tuned, value).ifPresent(limit -> metrics.put(SgdMetrics.RATE_LIMIT, limit));
        });
        search.ifPresent(found -> metrics.put(SgdMetrics.RATE_INSIDE, found.isInside() ? 1.0 : 0.0));
        putCounts(metrics);
        Map<String, String> labels = new LinkedHashMap<>(endLabels());
        design.doubt().ifPresent(words -> labels.put(SgdRemarks.DOUBT, words));
        return new Outcome(metrics, labels, Optional.empty(), Optional.empty()).extrapolating(design.extrapolations());
    }

    /** How the run ended. */
    private Map<String, String> endLabels() {
        Optional<String> diverged = seen.divergence()
                .map(wrong -> String.format(
                        Locale.ROOT, "update %d, %.4g s: %s", wrong.update(), wrong.seconds(), wrong.what()));
        if (diverged.isPresent()) {
            return Map.of(SgdRemarks.DIVERGED_AT, diverged.get());
        }
        OptionalDouble target = design.target();
        return target.isPresent()
                ? labels(
                        "a loss of " + SgdMetrics.LOSS.format(target.getAsDouble()),
                        seen.curve().secondsTo(target.getAsDouble()))
                : Map.of();
    }

    private Map<String, String> labels(String target, OptionalDouble seconds) {
        if (seconds.isEmpty()) {
            boolean endsByTime = design.design().limits().examples() == Long.MAX_VALUE;
            String end = endsByTime
                    ? " within " + Units.format(design.horizonSeconds(), Dimension.DURATION)
                    : " before the end";
            return Map.of(SgdRemarks.NOT_REACHED, target + end);
        }
        if (seconds.getAsDouble() == 0) {
            return Map.of(SgdRemarks.REACHED_AT_ONCE, target);
        }
        double end = seen.curve().last();
        return end > design.target().orElseThrow()
                ? Map.of(
                        SgdRemarks.ENDED_ABOVE,
                        target + " that they had reached, the first at " + SgdMetrics.LOSS.format(end))
                : Map.of();
    }

    private void putTimes(Map<Metric, Double> metrics, double target) {
        LossCurve curve = seen.curve();
        OptionalDouble seconds = curve.secondsTo(target);
        double horizon = design.horizonSeconds();
        metrics.put(SgdMetrics.TIME_TO_TARGET, seconds.orElse(Double.POSITIVE_INFINITY));
        metrics.put(SgdMetrics.TIME_TO_TARGET_RESTRICTED, Math.min(horizon, seconds.orElse(horizon)));
        double examples = curve.examplesTo(target).orElse(Double.POSITIVE_INFINITY);
        metrics.put(SgdMetrics.EXAMPLES_TO_TARGET, examples);
        epoch.ifPresent(rows -> metrics.put(SgdMetrics.EPOCHS_TO_TARGET, examples / rows));
        metrics.put(SgdMetrics.UPDATES_TO_TARGET, curve.updatesTo(target).orElse(Double.POSITIVE_INFINITY));
        FederatedForm.of(design, tuned)
                .map(form -> form.roundsTo(target).orElse(Double.POSITIVE_INFINITY))
                .ifPresent(rounds -> metrics.put(SgdMetrics.UPDATES_TO_TARGET_CLOSED_FORM, rounds));
        metrics.put(SgdMetrics.BYTES_TO_TARGET, curve.bytesTo(target).orElse(Double.POSITIVE_INFINITY));
        design.pricePerWorkerSecond()
                .ifPresent(price -> metrics.put(
                        SgdMetrics.COST_TO_TARGET,
                        seconds.orElse(Double.POSITIVE_INFINITY) * price * design.workers()));
        metrics.put(SgdMetrics.REACHED, seconds.isPresent() ? 1.0 : 0.0);
    }

    private void putCounts(Map<Metric, Double> metrics) {
        long updates = seen.ledger().updates();
        long examples = seen.ledger().examples();
        metrics.put(SgdMetrics.STALENESS, seen.ledger().meanStaleness());
        SgdForms.staleness(tuned).ifPresent(mean -> metrics.put(SgdMetrics.STALENESS_CLOSED_FORM, mean));
        if (updates > 0) {
            // Until the last update: what the end of the run cuts off belongs to none, and would make few updates look
            // slow.
            double updateSeconds = this.updates[this.updates.length - 1] / this.updates.length;
            metrics.put(SgdMetrics.UPDATE_BYTES, seen.updateBytes() / updates);
            metrics.put(SgdMetrics.UPDATE_TIME, updateSeconds);
            metrics.put(
                    SgdMetrics.UPDATE_TIME_MEAN,
                    updateSeconds / tuned.workers().compute().seconds().mean());
        }
        SgdForms.updateSeconds(tuned).ifPresent(form -> metrics.put(SgdMetrics.UPDATE_TIME_CLOSED_FORM, form));
        if (seen.seconds() > 0) {
            metrics.put(SgdMetrics.THROUGHPUT, examples / seen.seconds());
            design.peak().ifPresent(peak -> metrics.put(SgdMetrics.MFU, peak.utilisation(examples / seen.seconds())));
        }
        long wasted = seen.ledger().wastedExamples();
        if (examples + wasted > 0) {
            metrics.put(SgdMetrics.WASTED, wasted / (double) (examples + wasted));
        }
        metrics.put(SgdMetrics.BUSY, Math.min(1, seen.busyShare()));
        metrics.put(SgdMetrics.WAITING, seen.waitingShare());
        if (!seen.useCurve().isEmpty()) {
            metrics.put(SgdMetrics.EXCHANGING, seen.exchangingShare());
            metrics.put(SgdMetrics.DOWN, seen.downShare());
        }
        if (tuned.workers().outages() != Outages.NONE) {
            metrics.put(SgdMetrics.LOST, (double) seen.lost());
        }
        metrics.put(SgdMetrics.UPDATES, (double) updates);
        metrics.put(SgdMetrics.EXAMPLES, (double) examples);
    }

    List<Sample> samples(Set<Metric> wanted) {
        return Stream.of(staleness(), intervals())
                .filter(sample -> wanted.contains(sample.quantity()))
                .toList();
    }

    private Sample intervals() {
        return new Sample(
                SgdMetrics.INTERVAL,
                IntStream.range(0, updates.length)
                        .mapToObj(i -> updates[i] - (i == 0 ? 0 : updates[i - 1]))
                        .toList());
    }

    private Sample staleness() {
        List<Double> values = new ArrayList<>();
        seen.ledger()
                .staleness()
                .forEach((stale, count) -> values.addAll(Collections.nCopies(Math.toIntExact(count), (double) stale)));
        return new Sample(SgdMetrics.STALENESS, values);
    }

    Details details() {
        List<TimeSeries> series = new ArrayList<>();
        series.add(losses(SgdMetrics.LOSS, Clock.TIME, LossPoint::seconds));
        epoch.ifPresent(rows ->
                series.add(losses(SgdMetrics.LOSS_BY_EPOCH, Clock.EPOCHS, point -> point.examples() / (double) rows)));
        series.add(losses(SgdMetrics.LOSS_BY_UPDATE, Clock.UPDATES, LossPoint::updates));
        series.addAll(WorkerTimes.of(seen));
        design.peak().flatMap(this::utilisation).ifPresent(series::add);
        return new Details(series, List.of(), List.of(staleness(), intervals()), Optional.empty())
                .withLimits(targets())
                .withLaws(SgdForms.stalenessLaw(tuned).stream().toList());
    }

    /** From the last update of a stretch between two losses to that of the next, so that no update is counted in part. */
    private Optional<TimeSeries> utilisation(ModelFlops peak) {
        List<At> points = new ArrayList<>();
        double from = 0;
        long before = 0;
        for (LossPoint point : seen.curve().points()) {
            double to = point.updates() == 0 ? 0 : updates[Math.toIntExact(point.updates()) - 1];
            if (to > from) {
                points.add(new At(from, peak.utilisation((point.examples() - before) / (to - from))));
                from = to;
                before = point.examples();
            }
        }
        if (points.isEmpty()) {
            return Optional.empty();
        }
        points.add(new At(from, points.get(points.size() - 1).value()));
        return Optional.of(new TimeSeries(SgdMetrics.MFU, "", Shape.STEP, points));
    }

    /** The target as a line across the losses. */
    private List<Limit> targets() {
        return design.target().stream()
                .boxed()
                .flatMap(target -> Stream.of(SgdMetrics.LOSS, SgdMetrics.LOSS_BY_EPOCH, SgdMetrics.LOSS_BY_UPDATE)
                        .map(loss -> new Limit(loss, "target " + loss.format(target), target)))
                .toList();
    }

    private TimeSeries losses(Metric quantity, Clock clock, ToDoubleFunction<LossPoint> passed) {
        return new TimeSeries(
                quantity,
                "",
                Shape.LINE,
                seen.curve().points().stream()
                        .map(point -> new At(passed.applyAsDouble(point), point.loss()))
                        .toList(),
                clock,
                SgdMetrics.LOSS);
    }
}

package trainyard.scenario.workload.tco;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import trainyard.parallel.step.cost.Span;
import trainyard.scenario.section.tco.TcoSection;
import trainyard.scenario.workload.Outcome;
import trainyard.scenario.workload.Workload;
import trainyard.scenario.workload.detail.Details;
import trainyard.scenario.workload.detail.TimeSeries;

/**
 * What a demand for GPUs costs.
 *
 * @param question what is needed, and who may serve it
 */
record TcoWorkload(TcoSection.Question question) implements Workload {

    private static final int HOURS_PER_WEEK = 168;
    private static final double HOUR = 3_600;

    @Override
    public Outcome run() {
        return new Outcome(TcoMetrics.of(question), Map.of(), Optional.empty(), Optional.empty());
    }

    @Override
    public List<Span> timeline() {
        return List.of();
    }

    @Override
    public Details details() {
        double working = question.owned().gpus() * question.owned().availability();
        double fixed = working + question.rented().reserved();
        List<TimeSeries> served = new ArrayList<>();
        if (working > 0) {
            served.add(weekly("owned", 0, working));
        }
        if (fixed > working) {
            served.add(weekly("reserved", working, fixed));
        }
        served.add(weekly("by the hour", fixed, Double.MAX_VALUE));
        List<Double> needed = IntStream.range(0, question.demand().hours())
                .mapToObj(question.demand()::gpus)
                .toList();
        return new Details(served, List.of(), List.of(new Details.Sample(TcoMetrics.DEMAND, needed)), Optional.empty());
    }

    /** The demand between two levels, in the mean over each week. */
    private TimeSeries weekly(String name, double from, double to) {
        List<TimeSeries.At> points = new ArrayList<>();
        for (int start = 0; start < question.demand().hours(); start += HOURS_PER_WEEK) {
            int end = Math.min(start + HOURS_PER_WEEK, question.demand().hours());
            double mean = IntStream.range(start, end)
                    .mapToDouble(hour ->
                            Math.max(0, Math.min(to, question.demand().gpus(hour)) - from))
                    .average()
                    .orElseThrow();
            points.add(new TimeSeries.At(start * HOUR, mean));
        }
        points.add(new TimeSeries.At(
                question.demand().hours() * HOUR, points.get(points.size() - 1).value()));
        return new TimeSeries(TcoMetrics.SERVED, name, TimeSeries.Shape.STEP, points);
    }
}

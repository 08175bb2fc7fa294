package trainyard.scenario.verify.faults.trace;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import trainyard.faults.trace.GpuBatches;
import trainyard.faults.trace.GpuLifetimes;

/** Statistics of the lives of the GPUs of Titan. */
final class GpuLifetimeMetrics implements TraceMetrics {

    private static final Pattern BATCH = Pattern.compile("batch_(old|new)_(\\w+)");

    private final GpuLifetimes lifetimes;
    private final GpuBatches batches;

    GpuLifetimeMetrics(GpuLifetimes lifetimes, GpuBatches batches) {
        this.lifetimes = lifetimes;
        this.batches = batches;
    }

    @Override
    public OptionalDouble value(String metric) {
        if (metric.startsWith("event_")) {
            return OptionalDouble.of(lifetimes.count(metric.substring("event_".length())));
        }
        Matcher batch = BATCH.matcher(metric);
        if (batch.matches()) {
            return ofBatch(batches.ofBatch(batch.group(1)), batch.group(2));
        }
        return switch (metric) {
            case "gpu_years" -> OptionalDouble.of(lifetimes.years());
            case "gpus" -> OptionalDouble.of(lifetimes.gpus());
            case "stays", "records", "rows" ->
                OptionalDouble.of(lifetimes.stays().size());
            default -> OptionalDouble.empty();
        };
    }

    private static OptionalDouble ofBatch(GpuBatches batch, String statistic) {
        return switch (statistic) {
            case "deaths_per_gpu_year" -> OptionalDouble.of(batch.deaths() / batch.years());
            case "deaths" -> OptionalDouble.of(batch.deaths());
            case "gpu_years" -> OptionalDouble.of(batch.years());
            case "gpus" -> OptionalDouble.of(batch.gpus().size());
            default -> OptionalDouble.empty();
        };
    }
}

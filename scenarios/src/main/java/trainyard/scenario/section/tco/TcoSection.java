package trainyard.scenario.section.tco;

import java.util.function.Function;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.section.jobs.trace.JobFile;
import trainyard.scheduler.tco.DemandCurve;
import trainyard.scheduler.tco.OwnedGpus;
import trainyard.scheduler.tco.RentedGpus;
import trainyard.scheduler.trace.JobList;
import trainyard.sim.units.Dimension;

/** {@code tco}: what GPUs cost over years, owned, rented or both. */
public final class TcoSection {

    private static final double HOUR = 3_600;
    private static final int MAX_HOURS = 8_760 * 50;

    public static final Field<Double> HORIZON = Field.of(
                    "horizon",
                    new QuantityType(Dimension.DURATION, HOUR),
                    "How long, in whole hours; 50 years at most.")
            .asRequired();
    public static final Field<Values> DEMAND = Field.of("demand", GpuDemandSection.SECTION, "GPUs that are needed.")
            .asRequired();
    public static final Field<Values> OWNED =
            Field.of("owned", OwnedGpusSection.SECTION, "GPUs that are bought.").asRequired();
    public static final Field<Values> CLOUD = Field.of("cloud", RentedGpusSection.SECTION, "GPUs that are rented.")
            .asRequired();

    public static final Section SECTION = Section.of(
            "tco",
            "Total cost of ownership. Hour by hour, owned GPUs serve the demand first, then reserved ones, and the rest bursts to"
                    + " GPUs by the hour. Every price is an input.",
            HORIZON,
            DEMAND,
            OWNED,
            CLOUD);

    private TcoSection() {}

    /** What is needed, and who may serve it. */
    public record Question(DemandCurve demand, OwnedGpus owned, RentedGpus rented) {}

    /**
     * @param files reads a list of jobs
     * @throws trainyard.scenario.source.ScenarioException if the demand cannot be read
     */
    public static Question bind(Values values, Function<JobFile, JobList> files) {
        int hours = (int) Math.min(MAX_HOURS, values.get(HORIZON) / HOUR);
        return new Question(
                GpuDemandSection.bind(values.get(DEMAND), hours, files),
                OwnedGpusSection.bind(values.get(OWNED)),
                RentedGpusSection.bind(values.get(CLOUD)));
    }
}

package trainyard.scenario.section.scheduler;

import java.util.List;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.scheduler.catalog.ServiceRules;
import trainyard.sim.units.Dimension;

/** Keys of {@code scheduler} for policies that go by the service which a job has had. */
public final class ServiceFields {

    public static final Field<Double> QUANTUM = Field.of(
                    "quantum",
                    QuantityType.positive(Dimension.DURATION),
                    "Service after which a policy looks again: run time with `las`, GPU time with `gittins`. Left out: 1 h, which is"
                            + " assumed, and 3250 s, as Tiresias.")
            .only(Use.with("policy", "las", "gittins"));
    public static final Field<List<Double>> QUEUE_ENDS = Field.of(
                    "queue-ends",
                    new ListType<>(QuantityType.positive(Dimension.DURATION), "GPU times"),
                    "GPU time so far at which a job leaves each queue but the last, ascending. Left out: 3250 s and 7200 s, as Tiresias.")
            .only(Use.with("policy", "2d-las", "muri-l"));
    public static final Field<Double> PROMOTE_AFTER = Field.of(
                    "promote-after",
                    new NumberType(0, 1e6),
                    "Run times that a job waits until it goes back to the first queue; 0: never.")
            .orElse("0")
            .only(Use.with("policy", "2d-las", "muri-l"));
    public static final Field<List<Double>> SAMPLES = Field.of(
                    "samples",
                    new ListType<>(QuantityType.positive(Dimension.DURATION), "GPU times"),
                    "GPU time of jobs such as those that come. Left out: learnt from the jobs that end.")
            .only(Use.with("policy", "gittins"));

    private ServiceFields() {}

    /**
     * What service counts for.
     *
     * @throws ScenarioException if the ends of the queues do not ascend
     */
    static ServiceRules bind(Values values) {
        ServiceRules known = ServiceRules.TIRESIAS;
        List<Double> ends = values.find(QUEUE_ENDS).orElse(known.queueEnds());
        for (int i = 1; i < ends.size(); i++) {
            if (ends.get(i) <= ends.get(i - 1)) {
                throw new ScenarioException(Problem.at(
                        values.position(QUEUE_ENDS),
                        Problem.Kind.VALUE,
                        "the ends of the queues must ascend",
                        "write the smaller one first"));
            }
        }
        return new ServiceRules(
                values.find(QUANTUM).orElse(known.quantumSeconds()),
                values.find(QUANTUM).orElse(known.quantumGpuSeconds()),
                ends,
                values.get(PROMOTE_AFTER),
                values.find(SAMPLES).orElse(known.samplesGpuSeconds()));
    }
}

package trainyard.scenario.section.sites;

import java.util.Optional;
import trainyard.scenario.format.AutoType;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.IntegerType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.units.Dimension;
import trainyard.training.lowcomm.ExchangePlan;
import trainyard.training.lowcomm.FragmentPattern;
import trainyard.training.lowcomm.LayeredModel;
import trainyard.training.lowcomm.SiteLink;

/** {@code sites}: replicas of a model on sites that exchange parameters over a slow link. */
public final class SitesSection {

    public static final Field<Long> SITES = Field.of(
                    "sites", IntegerType.of("sites", 1, 1000), "Sites, such as regions; each trains one replica.")
            .orElse("2 sites");
    public static final Field<Double> PARAMETERS = Field.of(
                    "parameters", new NumberType(1, 1e15), "Parameters of the model, such as 10e9.")
            .asRequired();
    public static final Field<Long> LAYERS = Field.of(
                    "layers",
                    IntegerType.of("layers", 1, 1000),
                    "Layers, all alike, that are computed and sent one by one.")
            .asRequired();
    public static final Field<Double> COMPUTE_TIME = Field.of(
                    "compute-time",
                    QuantityType.positive(Dimension.DURATION),
                    "Computation of one step on one site, with what its own network takes, but without waiting for other sites.")
            .asRequired();
    public static final Field<Double> BANDWIDTH = Field.of(
                    "bandwidth",
                    QuantityType.positive(Dimension.DATA_RATE),
                    "Of the link of each site to the others, one way.")
            .asRequired();
    public static final Field<Double> LATENCY = Field.of(
                    "latency",
                    QuantityType.of(Dimension.DURATION),
                    "From one site to the next; a reduction of n sites waits for 2 (n - 1) messages in a row.")
            .orElse("0 s");
    public static final Field<Long> PERIOD = Field.of(
                    "period",
                    IntegerType.of("steps", 1, 10_000),
                    "Steps between two exchanges of a parameter: 1 for data parallelism, more for local SGD or DiLoCo.")
            .orElse("1 steps");
    public static final Field<Optional<Long>> FRAGMENT = Field.of(
                    "fragment",
                    new AutoType<>(IntegerType.of("layers", 1, 1000)),
                    "Layers that are exchanged together; fragments take turns at even distances within the period (Streaming"
                            + " DiLoCo). `auto`: all.")
            .orElse("auto");
    public static final Field<FragmentPattern> PATTERN = Field.of(
                    "pattern",
                    ChoiceType.of("pattern", FragmentPattern.class),
                    "Which layers make up a fragment: spread over the depth (`strided`) or neighbours (`sequential`).")
            .orElse("strided");
    public static final Field<Long> OVERLAP = Field.of(
                    "overlap",
                    IntegerType.of("steps", 0, 9_999),
                    "Steps that a site goes on with while a fragment is under way; less than `period`.")
            .orElse("0 steps");
    public static final Field<Double> BITS = Field.of(
                    "bits",
                    new NumberType(0.1, 64),
                    "Bits on the wire per parameter, such as 16, or 4 where it is quantised.")
            .orElse("16");

    private static final Field<Values> OUTAGES =
            Field.of("outages", SiteOutagesSection.SECTION, "Outages of whole sites; left out, there are none.");

    public static final Section SECTION = Section.of(
            "sites",
            "Replicas of a model on sites that exchange parameters over a slow link: how much of a step is waiting. Every site"
                    + " computes layer by layer, and the link reduces one layer at a time.",
            SITES,
            PARAMETERS,
            LAYERS,
            COMPUTE_TIME,
            BANDWIDTH,
            LATENCY,
            PERIOD,
            FRAGMENT,
            PATTERN,
            OVERLAP,
            BITS,
            OUTAGES);

    private SitesSection() {}

    public static LayeredModel model(Values section) {
        return new LayeredModel(
                Math.toIntExact(section.get(LAYERS)), section.get(PARAMETERS), section.get(COMPUTE_TIME));
    }

    /** The exchange of so many sites. */
    public static ExchangePlan plan(Values section, int sites) {
        int period = Math.toIntExact(section.get(PERIOD));
        int overlap = Math.toIntExact(section.get(OVERLAP));
        if (overlap >= period) {
            throw new ScenarioException(Problem.at(
                    section.position(OVERLAP),
                    Problem.Kind.PLAN,
                    "an overlap of " + overlap + " steps does not end before the next exchange, " + period
                            + " steps later",
                    "lower sites.overlap below sites.period"));
        }
        int fragment = section.get(FRAGMENT).map(Math::toIntExact).orElse(Math.toIntExact(section.get(LAYERS)));
        return new ExchangePlan(period, fragment, section.get(PATTERN), overlap, section.get(BITS), sites);
    }

    public static SiteLink link(Values section) {
        return new SiteLink(8 * section.get(BANDWIDTH), section.get(LATENCY));
    }

    public static Optional<Values> outages(Values section) {
        return section.find(OUTAGES);
    }
}

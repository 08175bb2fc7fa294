package trainyard.scenario.section.sites;

import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Values;
import trainyard.sim.units.Dimension;
import trainyard.training.lowcomm.SiteOutages;

/** {@code sites.outages}: outages of whole sites. */
public final class SiteOutagesSection {

    /** What the others do while a site is away. */
    public enum Reaction {
        GO_ON,
        WAIT
    }

    private static final Field<Double> UP = Field.of(
                    "up",
                    QuantityType.positive(Dimension.DURATION),
                    "Mean time from the return of a site to its next outage.")
            .asRequired();
    private static final Field<Double> LENGTH = Field.of(
                    "length", QuantityType.of(Dimension.DURATION), "Mean length of an outage.")
            .asRequired();
    private static final Field<Double> RESTART = Field.of(
                    "restart",
                    QuantityType.of(Dimension.DURATION),
                    "From the end of an outage until the site can fetch the model.")
            .orElse("5 min");
    private static final Field<Double> FETCH_BITS = Field.of(
                    "fetch-bits",
                    new NumberType(0, 256),
                    "Bits per parameter that it fetches over its link then: parameters and the state of the outer optimizer.")
            .orElse("32");
    private static final Field<Reaction> OTHERS = Field.of(
                    "others",
                    ChoiceType.of("reaction", Reaction.class),
                    "What the other sites do meanwhile: `go-on`, and average over those that are there, or `wait`.")
            .orElse("go-on");

    public static final Section SECTION = Section.of(
            "sites.outages",
            "Outages of whole sites, each on its own. Steps of a site since its last exchange are lost with it.",
            UP,
            LENGTH,
            RESTART,
            FETCH_BITS,
            OTHERS);

    private SiteOutagesSection() {}

    /**
     * The outages of each site.
     *
     * @param parameters of the model
     * @param bitsPerSecond of the link of a site
     */
    public static SiteOutages bind(Values section, double parameters, double bitsPerSecond) {
        double fetch = section.get(FETCH_BITS) * parameters / bitsPerSecond;
        return new SiteOutages(section.get(UP), section.get(LENGTH) + section.get(RESTART) + fetch);
    }

    public static Reaction others(Values section) {
        return section.get(OTHERS);
    }
}

package trainyard.scheduler.catalog;

/** What the policies of the catalogue are made with. Each takes what concerns it; {@link #DEFAULTS} serve for the rest. */
public record PolicyOptions() {

    /** What each policy is made with where nothing is said. */
    public static final PolicyOptions DEFAULTS = new PolicyOptions();
}

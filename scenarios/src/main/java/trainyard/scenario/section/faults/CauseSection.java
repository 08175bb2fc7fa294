package trainyard.scenario.section.faults;

import java.util.List;
import java.util.Optional;
import trainyard.faults.cause.Damage;
import trainyard.faults.cause.FaultCause;
import trainyard.faults.cause.FaultTraits;
import trainyard.faults.cause.Scope;
import trainyard.faults.cause.Slowdown;
import trainyard.faults.cause.Visibility;
import trainyard.scenario.format.ChoiceType;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.NumberType;
import trainyard.scenario.format.QuantityType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.Setting;
import trainyard.scenario.format.Use;
import trainyard.scenario.format.Values;
import trainyard.scenario.source.Position;
import trainyard.scenario.source.Problem;
import trainyard.scenario.source.ScenarioException;
import trainyard.sim.hardware.Provenance;
import trainyard.sim.random.Distribution;
import trainyard.sim.random.Empirical;
import trainyard.sim.random.Exponential;
import trainyard.sim.random.Fixed;
import trainyard.sim.random.Gamma;
import trainyard.sim.random.LogNormal;
import trainyard.sim.random.Weibull;
import trainyard.sim.units.Dimension;

/** One entry of {@code life.faults.causes}. */
public final class CauseSection {

    /** Which nodes a fault strikes. */
    enum Strikes {
        ALL,
        AT_WORK
    }

    /** Law of the time between two faults of a component. */
    enum Law {
        EXPONENTIAL,
        WEIBULL,
        LOGNORMAL,
        GAMMA,
        FIXED,
        EMPIRICAL
    }

    private static final Use BREAKS_NODE = new Use(
            "damage `node` or `site`",
            List.of("damage", "scope"),
            (own, all) -> damage(own).takesNode());
    private static final Use REPAIRED = BREAKS_NODE
            .or(Use.with("scope", "storage"))
            .or(new Use("`life.comm.fallback: tcp` and links that hang", List.of(), CauseSection::fallsBack));

    public static final Field<Scope> SCOPE = Field.of(
                    "scope",
                    ChoiceType.of("scope", Scope.class),
                    "What one fault strikes: a `gpu` or a `link` (a network port; the node cannot be used without it), a"
                            + " `node`, all nodes of a leaf `switch`, a `rack` or a `power` unit, the `job` wherever it"
                            + " runs, the whole `cluster`, or the shared `storage` of the site: no node stops, but nothing"
                            + " is saved to or loaded from it for the time of `repair`; saves and loads go to other tiers,"
                            + " and a load for which there is none waits.")
            .orElse("node");
    public static final Field<Double> MTBF = Field.of(
                    "mtbf",
                    QuantityType.positive(Dimension.DURATION),
                    "Mean time between two faults of one component of that scope, not of the cluster.")
            .asRequired();
    public static final Field<Law> LAW = Field.of(
            "law",
            ChoiceType.of("law", Law.class),
            "Law of that time. Only the part that failed is new afterwards. `lognormal` and `gamma` need `gap-cv`,"
                    + " `empirical` needs `gaps`. Left out: `exponential`, or `weibull` where `shape` is written.");
    public static final Field<Double> SHAPE = Field.of(
                    "shape",
                    new NumberType(0.1, 20),
                    "Weibull shape of that time: 1 is exponential; below 1 new parts fail early, above 1 parts wear out.")
            .only(ofLaw("weibull", Law.WEIBULL));
    public static final Field<Double> GAP_CV = Field.of(
                    "gap-cv", new NumberType(0.01, 20), "Coefficient of variation of a `lognormal` or `gamma` time.")
            .only(ofLaw("lognormal` or `gamma", Law.LOGNORMAL, Law.GAMMA));
    public static final Field<List<Double>> GAPS = Field.of(
                    "gaps",
                    new ListType<>(QuantityType.positive(Dimension.DURATION), "times between faults"),
                    "Observed times between faults of a component, of which each is as likely; scaled so that their mean is `mtbf`.")
            .only(ofLaw("empirical", Law.EMPIRICAL));
    public static final Field<Damage> DAMAGE = Field.of(
                    "damage",
                    ChoiceType.of("damage", Damage.class),
                    "What is lost: `process` (GPU memory), `restart` (host memory too), `node` (the node is out until it is"
                            + " repaired), `site` (its storage too). Left out: `node`, and `process` for the scope `job`.")
            .only(new Use("a scope other than `storage`", List.of("scope"), (own, all) -> isOfNodes(own)));
    public static final Field<Double> TRANSIENT = Field.of(
                    "transient",
                    NumberType.FRACTION,
                    "Share of the faults after which a node can be used again at once: they do the damage of a `restart`.")
            .orElse("0")
            .only(BREAKS_NODE);
    public static final Field<Visibility> VISIBILITY = Field.of(
                    "visibility",
                    ChoiceType.of("visibility", Visibility.class),
                    "`explicit` faults end a process, a `hang` is noticed by a timeout only; after a `slow` one everything goes"
                            + " on at the pace that the step model gives, see `speed`; a `silent` one makes the state of the"
                            + " job wrong until a check or `noticed-after` finds it.")
            .orElse("explicit");
    public static final Field<Double> SPEED = Field.of(
                    "speed",
                    new NumberType(0, 0.999),
                    "Share of its speed that a slow part has left: of the kernels of a `gpu`, a `node` or the nodes of a `rack`,"
                            + " `power` unit or `cluster`, of the rate of a `link` (0: it is down, and the other ports of the node"
                            + " carry its traffic), of the uplinks of a `switch`.")
            .only(Use.with("visibility", "slow"));
    public static final Field<Double> LASTS = Field.of(
                    "lasts",
                    QuantityType.positive(Dimension.DURATION),
                    "Mean time after which a slow part is well again by itself, exponential. Left out: never; its node has to be"
                            + " found (`life.recovery.detect-slow`) and repaired.")
            .only(Use.with("visibility", "slow"));
    public static final Field<Double> REPAIR = Field.of(
                    "repair",
                    QuantityType.of(Dimension.DURATION),
                    "Mean time of the repair of a node, or until the `storage` is back.")
            .orElse("24 h")
            .only(REPAIRED);
    public static final Field<Double> REPAIR_CV = Field.of(
                    "repair-cv",
                    new NumberType(0, 20),
                    "Coefficient of variation of the repair time, which is lognormal; 0 for a fixed time.")
            .orElse("0")
            .only(REPAIRED.and(new Use("a `repair` above 0", List.of("repair"), (own, all) -> own.get(REPAIR) > 0)));
    public static final Field<Double> NOTICE = Field.of(
                    "notice",
                    QuantityType.of(Dimension.DURATION),
                    "How long before it a fault is announced to a job whose nodes it will strike, such as maintenance or the removal of"
                            + " a spot instance. The job saves its state if the step under way and the write end in time.")
            .orElse("0 s")
            .only(new Use(
                    "visibility `explicit` or `hang`, of nodes or the job",
                    List.of("visibility", "scope"),
                    (own, all) -> isAnnounced(own)));
    public static final Field<Values> BURST = Field.of(
            "burst", BurstSection.SECTION, "Other components that a fault sets off. Left out: each fails by itself.");
    public static final Field<Values> WEAR = Field.of(
            "wear",
            WearSection.SECTION,
            "Parts that fail sooner after each repair. Left out: a repaired part is as good as new.");

    public static final Field<Strikes> STRIKES = Field.of(
                    "strikes",
                    ChoiceType.of("nodes", Strikes.class),
                    "`all` nodes, spares that idle like the others, or only those `at-work`: spares are switched off, or their"
                            + " parts fail under load alone. An idle part does not age less, which counts for laws other than"
                            + " `exponential`.")
            .orElse("all")
            .only(new Use(
                    "a scope below the `cluster`",
                    List.of("scope"),
                    (own, all) ->
                            !List.of(Scope.JOB, Scope.CLUSTER, Scope.STORAGE).contains(own.get(SCOPE))));

    public static final Section SECTION = Section.of(
            "life.faults.causes",
            "One cause of faults.",
            SCOPE,
            MTBF,
            LAW,
            SHAPE,
            GAP_CV,
            GAPS,
            DAMAGE,
            TRANSIENT,
            VISIBILITY,
            SPEED,
            LASTS,
            REPAIR,
            REPAIR_CV,
            NOTICE,
            BURST,
            WEAR,
            STRIKES);

    private CauseSection() {}

    /**
     * @throws ScenarioException if the keys contradict each other
     */
    static FaultCause bind(String name, Values values) {
        double repair = values.get(REPAIR);
        double cv = values.get(REPAIR_CV);
        String source = values.setting(MTBF).map(Setting::source).orElse("");
        Scope scope = values.get(SCOPE);
        try {
            return new FaultCause(
                    FaultCause.drawnName(name),
                    scope,
                    law(values),
                    values.get(VISIBILITY),
                    damage(values),
                    cv == 0 || repair == 0 ? new Fixed(repair) : new LogNormal(repair, cv),
                    new Provenance(
                            Provenance.Kind.USER,
                            Optional.of(source).filter(text -> !text.isEmpty()).orElse("the scenario"),
                            ""),
                    traits(values));
        } catch (IllegalArgumentException contradiction) {
            throw problem(values.position(), contradiction.getMessage(), "see the keys of a cause in the reference");
        }
    }

    private static FaultTraits traits(Values values) {
        FaultTraits traits = FaultTraits.NONE
                .withTransientShare(values.get(TRANSIENT))
                .withNotice(values.get(NOTICE))
                .withOnlyAtWork(values.get(STRIKES) == Strikes.AT_WORK);
        if (values.get(VISIBILITY) == Visibility.SLOW) {
            double speed = values.find(SPEED)
                    .orElseThrow(() -> problem(
                            values.position(VISIBILITY), "a slow fault needs what is left of the speed", "speed: 0.7"));
            traits = traits.with(new Slowdown(speed, values.find(LASTS).map(Exponential::new)));
        }
        traits = values.find(BURST).map(BurstSection::bind).map(traits::with).orElse(traits);
        return values.find(WEAR).map(WearSection::bind).map(traits::with).orElse(traits);
    }

    private static Damage damage(Values values) {
        boolean ofNodes = values.get(SCOPE) != Scope.JOB && values.get(SCOPE) != Scope.STORAGE;
        return values.find(DAMAGE).orElse(ofNodes ? Damage.NODE : Damage.PROCESS);
    }

    private static boolean fallsBack(Values own, Values all) {
        return own.get(SCOPE) == Scope.LINK
                && own.get(VISIBILITY) == Visibility.HANG
                && LifeParts.find(all, CommSection.COMM)
                        .filter(comm -> comm.get(CommSection.FALLBACK) != CommSection.Fallback.NONE)
                        .isPresent();
    }

    private static boolean isAnnounced(Values own) {
        return own.get(VISIBILITY).stopsJob() && isOfNodes(own);
    }

    private static boolean isOfNodes(Values own) {
        return own.get(SCOPE) != Scope.STORAGE;
    }

    private static Use ofLaw(String words, Law... laws) {
        return new Use(
                "law `" + words + "`",
                List.of("law"),
                (own, all) -> List.of(laws).contains(lawOf(own)));
    }

    private static Law lawOf(Values values) {
        return values.find(LAW).orElse(values.isWritten(SHAPE) ? Law.WEIBULL : Law.EXPONENTIAL);
    }

    private static Distribution law(Values values) {
        double mtbf = values.get(MTBF);
        Law law = lawOf(values);
        return switch (law) {
            case EXPONENTIAL -> new Exponential(mtbf);
            case WEIBULL -> weibull(mtbf, required(values, SHAPE, law));
            case LOGNORMAL -> new LogNormal(mtbf, required(values, GAP_CV, law));
            case GAMMA -> Gamma.withMean(mtbf, required(values, GAP_CV, law));
            case FIXED -> new Fixed(mtbf);
            case EMPIRICAL -> empirical(mtbf, required(values, GAPS, law));
        };
    }

    private static Distribution weibull(double mean, double shape) {
        return shape == 1 ? new Exponential(mean) : Weibull.withMean(mean, shape);
    }

    private static Distribution empirical(double mean, List<Double> gaps) {
        Empirical seen = new Empirical(gaps);
        return seen.times(mean / seen.mean());
    }

    private static <T> T required(Values values, Field<T> field, Law law) {
        return values.find(field)
                .orElseThrow(() -> problem(
                        values.position(LAW),
                        "the law " + ChoiceType.word(law) + " needs " + field.key(),
                        field.key() + ": " + field.type().describe().replace("`", "")));
    }

    private static ScenarioException problem(Position position, String message, String hint) {
        return new ScenarioException(Problem.at(position, Problem.Kind.VALUE, message, hint));
    }

    /** A cause whose faults are so many times as frequent. */
    static FaultCause scaled(FaultCause cause, double factor) {
        return factor == 1 ? cause : cause.with(cause.secondsBetween().times(1 / factor));
    }
}

package trainyard.sim.units;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the nearest fix for a unit that was not understood, in this order: none written, two readings, another common
 * spelling, the wrong dimension, a slip of the finger.
 */
final class UnitAdvice {
    /** Common spellings that are refused, and what they may mean. */
    private static final Map<String, List<String>> READINGS = Map.ofEntries(
            Map.entry("m", List.of("min", "ms", "months")),
            Map.entry("M", List.of("min", "months")),
            Map.entry("mo", List.of("months")),
            Map.entry("mins", List.of("min")),
            Map.entry("minute", List.of("min")),
            Map.entry("minutes", List.of("min")),
            Map.entry("sec", List.of("s")),
            Map.entry("secs", List.of("s")),
            Map.entry("second", List.of("s")),
            Map.entry("seconds", List.of("s")),
            Map.entry("hr", List.of("h")),
            Map.entry("hrs", List.of("h")),
            Map.entry("hour", List.of("h")),
            Map.entry("hours", List.of("h")),
            Map.entry("y", List.of("years")),
            Map.entry("yr", List.of("years")),
            Map.entry("w", List.of("weeks")),
            Map.entry("\u00b5s", List.of("us")),
            Map.entry("\u03bcs", List.of("us")),
            Map.entry("KB", List.of("kB", "KiB")),
            Map.entry("kb", List.of("kB", "KiB")),
            Map.entry("K", List.of("kB", "KiB")),
            Map.entry("k", List.of("kB", "KiB")),
            Map.entry("G", List.of("GB", "GiB")),
            Map.entry("T", List.of("TB", "TiB")),
            Map.entry("P", List.of("PB", "PiB")),
            Map.entry("KB/s", List.of("kB/s", "KiB/s")),
            Map.entry("Kb/s", List.of("kb/s", "kB/s")),
            Map.entry("/hour", List.of("/h")),
            Map.entry("/hr", List.of("/h")),
            Map.entry("/d", List.of("/day")),
            Map.entry("USD/hour", List.of("USD/h")),
            Map.entry("USD/hr", List.of("USD/h")),
            Map.entry("$", List.of("USD")));

    private static final Map<String, String> MULTIPLIERS =
            Map.of("k", "e3", "K", "e3", "M", "e6", "G", "e9", "B", "e9", "T", "e12");

    private static final Pattern SPELT_OUT = Pattern.compile("[a-zA-Z]?(bit|byte)s?(/.*)?", Pattern.CASE_INSENSITIVE);

    private final String digits;
    private final String written;
    private final String spelling;
    private final List<Dimension> dimensions;

    UnitAdvice(String digits, String written, String spelling, List<Dimension> dimensions) {
        this.digits = digits;
        this.written = written;
        this.spelling = spelling;
        this.dimensions = dimensions;
    }

    /** The error to throw. */
    UnitException exception() {
        if (spelling.isEmpty()) {
            String problem = "'" + digits + "' has no unit";
            return new UnitException(problem, missing());
        }
        List<Unit> readings = readings();
        if (!readings.isEmpty()) {
            String problem = "'" + written + "' is " + (readings.size() > 1 ? "ambiguous" : "not a unit");
            return new UnitException(problem, write(readings));
        }
        Optional<String> multiplied = multiplied();
        if (multiplied.isPresent()) {
            return new UnitException("'" + written + "' is not a unit", "write " + multiplied.get());
        }
        return wrongDimensionOrUnknown();
    }

    private UnitException wrongDimensionOrUnknown() {
        Optional<Dimension> other = Arrays.stream(Dimension.values())
                .filter(d -> d.hasUnit(spelling))
                .findFirst();
        if (other.isPresent()) {
            String problem = "'" + written + "' makes it " + other.get().noun() + ", not " + nouns();
            return new UnitException(problem, "write " + examples());
        }
        String problem = "'" + written + "' is not a unit of " + nouns();
        String fix = nearest()
                .map(unit -> "did you mean " + digits + " " + unit + "?")
                .orElse("write " + examples() + "; units: " + spellings());
        return new UnitException(problem, fix);
    }

    /** Units that a person may have meant: a listed synonym, a different case, or bits and bytes per second run together. */
    private List<Unit> readings() {
        List<String> candidates = new ArrayList<>(READINGS.getOrDefault(spelling, List.of()));
        if (candidates.isEmpty()) {
            String folded = fold(spelling);
            spellingsStream().filter(known -> fold(known).equals(folded)).forEach(candidates::add);
        }
        candidates.removeIf(candidate -> contradicts(candidate.indexOf('B') >= 0));
        List<Unit> units = new ArrayList<>();
        for (String candidate : candidates) {
            for (Dimension dimension : dimensions) {
                dimension.unit(candidate).filter(unit -> !units.contains(unit)).ifPresent(units::add);
            }
        }
        units.sort(Comparator.comparingDouble(Unit::size));
        return units;
    }

    /** Whether bits or bytes are spelt out, as in {@code Gbit/s}, and the other is asked about. */
    private boolean contradicts(boolean bytes) {
        Matcher spelt = SPELT_OUT.matcher(spelling);
        return spelt.matches() && bytes == spelt.group(1).equalsIgnoreCase("bit");
    }

    private static String fold(String unit) {
        return unit.toLowerCase(Locale.ROOT)
                .replaceAll("flops$", "flop/s")
                .replaceAll("bps$", "b/s")
                .replaceAll("bits?/s$", "b/s")
                .replaceAll("bytes?/s$", "b/s")
                .replaceAll("bytes?$", "b")
                .replaceAll("/sec(ond)?$", "/s")
                .replaceAll("-(hr|h)$", "-hour")
                .replaceAll("^\\$/", "usd/");
    }

    private String write(List<Unit> units) {
        return "write "
                + joined(units.stream()
                        .map(unit -> quantity(unit) + " (" + unit.name() + ")")
                        .toList());
    }

    private String missing() {
        List<Unit> printed = dimensions.stream()
                .flatMap(dimension -> dimension.units().stream())
                .filter(Unit::printed)
                .toList();
        if (printed.size() > 1 && printed.size() <= 3) {
            return "write " + joined(printed.stream().map(this::quantity).toList());
        }
        Dimension dimension = dimensions.get(0);
        Unit usual = dimension.unit(unitOfExample(dimension)).orElse(printed.get(0));
        return "write the unit, such as " + quantity(usual) + "; units: " + spellings();
    }

    private static String unitOfExample(Dimension dimension) {
        return dimension.example().replaceFirst("^[0-9.e+-]+ ?", "").replace(" per ", "/");
    }

    /** {@code 300B tokens}: a multiplier before a counted thing. */
    private Optional<String> multiplied() {
        String exponent = MULTIPLIERS.get(spelling.substring(0, 1));
        String rest = spelling.substring(1).strip();
        boolean counted =
                dimensions.stream().anyMatch(d -> !d.rules().unitRequired && (rest.isEmpty() || d.hasUnit(rest)));
        if (exponent == null || !counted || digits.toLowerCase(Locale.ROOT).contains("e")) {
            return Optional.empty();
        }
        return Optional.of((digits + exponent + " " + rest).strip());
    }

    private Optional<String> nearest() {
        return spellingsStream()
                .filter(known -> spelling.length() > 2 && EditDistance.between(known, spelling) == 1)
                .min(Comparator.comparing(known -> Math.abs(known.length() - spelling.length())));
    }

    private Stream<String> spellingsStream() {
        return dimensions.stream().flatMap(dimension -> dimension.spellings().stream());
    }

    private String quantity(Unit unit) {
        return digits
                + (unit.symbol().startsWith("%") ? "" : " ")
                + (digits.equals("1") ? unit.symbol() : unit.plural());
    }

    private String nouns() {
        return joined(dimensions.stream().map(Dimension::noun).toList());
    }

    private String examples() {
        return joined(dimensions.stream()
                .map(dimension -> dimension.noun() + " such as " + dimension.example())
                .toList());
    }

    private String spellings() {
        return spellingsStream().filter(s -> !s.isEmpty()).distinct().collect(Collectors.joining(" "));
    }

    private static String joined(List<String> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return String.join(", ", parts.subList(0, parts.size() - 1)) + " or " + parts.get(parts.size() - 1);
    }
}

package trainyard.sim.units;

import java.util.ArrayList;
import java.util.List;

/**
 * The units of each family. Decimal prefixes are powers of 1000, binary prefixes (IEC 80000-13) powers of 1024. A year
 * is 365 days (8,760 hours, as in annualised failure rates) and a month a twelfth of it.
 */
final class UnitTables {
    private static final double KILO = 1e3;
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;
    private static final double TERA = 1e12;
    private static final double PETA = 1e15;
    private static final double EXA = 1e18;
    private static final double KIBI = 1024;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double SECONDS_PER_DAY = 24 * SECONDS_PER_HOUR;
    private static final double SECONDS_PER_YEAR = 365 * SECONDS_PER_DAY;

    private UnitTables() {}

    static List<Unit> time() {
        return List.of(
                Unit.of("ns", "nanoseconds", 1, GIGA),
                Unit.of("us", "microseconds", 1, MEGA),
                Unit.of("ms", "milliseconds", 1, KILO),
                Unit.of("s", "seconds", 1, 1),
                Unit.of("min", "minutes", 60, 1),
                Unit.of("h", "hours", SECONDS_PER_HOUR, 1),
                new Unit("day", "days", "days", SECONDS_PER_DAY, 1, true, List.of("d")),
                new Unit("week", "weeks", "weeks", 7 * SECONDS_PER_DAY, 1, false, List.of()),
                new Unit("month", "months", "months", SECONDS_PER_YEAR, 12, false, List.of()),
                new Unit("year", "years", "years", SECONDS_PER_YEAR, 1, true, List.of()));
    }

    static List<Unit> bytes() {
        return List.of(
                Unit.of("B", "bytes", 1, 1),
                Unit.of("kB", "kilobytes", KILO, 1).readOnly(),
                Unit.of("MB", "megabytes", MEGA, 1).readOnly(),
                Unit.of("GB", "gigabytes", GIGA, 1).readOnly(),
                Unit.of("TB", "terabytes", TERA, 1).readOnly(),
                Unit.of("PB", "petabytes", PETA, 1).readOnly(),
                Unit.of("KiB", "1024 bytes", KIBI, 1),
                Unit.of("MiB", "1024^2 bytes", KIBI * KIBI, 1),
                Unit.of("GiB", "1024^3 bytes", KIBI * KIBI * KIBI, 1),
                Unit.of("TiB", "1024^4 bytes", KIBI * KIBI * KIBI * KIBI, 1),
                Unit.of("PiB", "1024^5 bytes", KIBI * KIBI * KIBI * KIBI * KIBI, 1));
    }

    static List<Unit> byteRates() {
        List<Unit> units = new ArrayList<>(List.of(
                Unit.of("B/s", "bytes", 1, 1),
                Unit.of("kB/s", "kilobytes", KILO, 1),
                Unit.of("MB/s", "megabytes", MEGA, 1),
                Unit.of("GB/s", "gigabytes", GIGA, 1),
                Unit.of("TB/s", "terabytes", TERA, 1),
                Unit.of("PB/s", "petabytes", PETA, 1).readOnly()));
        for (Unit unit : List.of(
                Unit.of("b/s", "bits", 1, 8),
                Unit.of("kb/s", "kilobits", KILO, 8),
                Unit.of("Mb/s", "megabits", MEGA, 8),
                Unit.of("Gb/s", "gigabits", GIGA, 8),
                Unit.of("Tb/s", "terabits", TERA, 8),
                Unit.of("KiB/s", "1024 bytes", KIBI, 1),
                Unit.of("MiB/s", "1024^2 bytes", KIBI * KIBI, 1),
                Unit.of("GiB/s", "1024^3 bytes", KIBI * KIBI * KIBI, 1),
                Unit.of("TiB/s", "1024^4 bytes", KIBI * KIBI * KIBI * KIBI, 1))) {
            units.add(unit.readOnly());
        }
        return List.copyOf(units);
    }

    /** {@code symbol} with every decimal prefix from {@code k} to {@code E}. */
    static List<Unit> decimal(String symbol, String name) {
        return List.of(
                Unit.of(symbol, name, 1, 1),
                Unit.of("k" + symbol, "kilo" + name, KILO, 1),
                Unit.of("M" + symbol, "mega" + name, MEGA, 1),
                Unit.of("G" + symbol, "giga" + name, GIGA, 1),
                Unit.of("T" + symbol, "tera" + name, TERA, 1),
                Unit.of("P" + symbol, "peta" + name, PETA, 1),
                Unit.of("E" + symbol, "exa" + name, EXA, 1));
    }

    static List<Unit> energy() {
        return List.of(
                Unit.of("J", "joules", 1, 1),
                Unit.of("kJ", "kilojoules", KILO, 1).readOnly(),
                Unit.of("MJ", "megajoules", MEGA, 1).readOnly(),
                Unit.of("Wh", "watt-hours", SECONDS_PER_HOUR, 1),
                Unit.of("kWh", "kilowatt-hours", KILO * SECONDS_PER_HOUR, 1),
                Unit.of("MWh", "megawatt-hours", MEGA * SECONDS_PER_HOUR, 1),
                Unit.of("GWh", "gigawatt-hours", GIGA * SECONDS_PER_HOUR, 1));
    }

    /** {@code numerator} per second, minute, hour, day, week, month and year. */
    static List<Unit> perTime(Unit numerator) {
        return time().stream()
                .filter(unit -> unit.size() >= 1)
                .map(numerator::per)
                .toList();
    }

    /** {@code numerator} per thing-hour, thing-day and thing-year, such as {@code /GPU-hour}. */
    static List<Unit> perThingTime(Unit numerator, String thing) {
        return List.of(
                numerator.per(Unit.of(thing + "-hour", thing + "-hour", SECONDS_PER_HOUR, 1)),
                numerator
                        .per(Unit.of(thing + "-day", thing + "-day", SECONDS_PER_DAY, 1))
                        .readOnly(),
                numerator
                        .per(Unit.of(thing + "-year", thing + "-year", SECONDS_PER_YEAR, 1))
                        .readOnly());
    }

    /** Time of things, such as {@code GPU-hours}. */
    static List<Unit> thingTime(String thing) {
        return List.of(
                thingTime(thing, "second", "s", 1),
                thingTime(thing, "hour", "h", SECONDS_PER_HOUR),
                thingTime(thing, "day", "d", SECONDS_PER_DAY).readOnly(),
                thingTime(thing, "year", "y", SECONDS_PER_YEAR).readOnly());
    }

    private static Unit thingTime(String thing, String time, String letter, double seconds) {
        String plural = thing + "-" + time + "s";
        return new Unit(thing + "-" + time, plural, plural, seconds, 1, true, List.of(thing + "-" + letter));
    }

    static List<Unit> things(String singular, String plural) {
        return List.of(new Unit(singular, plural, plural, 1, 1, true, List.of()));
    }

    static Unit none() {
        return Unit.of("", "", 1, 1);
    }

    static Unit percent() {
        return Unit.of("%", "percent", 1, 100);
    }

    static Unit dollar() {
        return Unit.of("USD", "US dollars", 1, 1);
    }

    static List<Unit> dollarsPerData() {
        return bytes().stream()
                .filter(unit -> unit.symbol().matches("[GTP]i?B"))
                .map(dollar()::per)
                .map(unit -> unit.symbol().equals("USD/GB") ? Unit.of("USD/GB", unit.name(), 1, GIGA) : unit.readOnly())
                .toList();
    }

    static List<Unit> dollarsPerDataMonth() {
        return List.of(dollar().per(Unit.of("GB-month", "gigabyte-month", GIGA * SECONDS_PER_YEAR, 12)));
    }

    static List<Unit> dollarsPerEnergy() {
        return List.of(
                dollar().per(Unit.of("kWh", "kilowatt-hour", KILO * SECONDS_PER_HOUR, 1)),
                dollar().per(Unit.of("MWh", "megawatt-hour", MEGA * SECONDS_PER_HOUR, 1))
                        .readOnly());
    }
}

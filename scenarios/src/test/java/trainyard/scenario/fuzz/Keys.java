package trainyard.scenario.fuzz;

import java.util.Set;
import java.util.TreeSet;
import trainyard.scenario.format.Field;
import trainyard.scenario.format.ListType;
import trainyard.scenario.format.MapType;
import trainyard.scenario.format.OneOrMoreType;
import trainyard.scenario.format.Section;
import trainyard.scenario.format.TextType;
import trainyard.scenario.format.ValueType;

/** Keys of the format by their dotted paths; keys that a user chooses and places in lists are left out of the path. */
final class Keys {

    private final Set<String> paths = new TreeSet<>();

    /** All keys of a format, but for those at the top that are left out, and all below them. */
    static Keys of(Section format, Set<String> without) {
        Keys all = new Keys();
        for (Field<?> field : format.fields()) {
            if (!without.contains(field.key())) {
                all.add(format, field.key());
                all.addBelow(field.type());
            }
        }
        return all;
    }

    private void addAll(Section section) {
        for (Field<?> field : section.fields()) {
            if (!isFreeText(field.type())) {
                add(section, field.key());
            }
            addBelow(field.type());
        }
    }

    /** Names of files, columns and people: no draw hits one. */
    private static boolean isFreeText(ValueType<?> type) {
        return type instanceof TextType text && text.pattern().isEmpty();
    }

    private void addBelow(ValueType<?> type) {
        if (type instanceof Section section) {
            addAll(section);
        } else if (type instanceof MapType<?> map) {
            addBelow(map.type());
        } else if (type instanceof ListType<?> list) {
            addBelow(list.type());
        } else if (type instanceof OneOrMoreType<?> some) {
            addBelow(some.list().type());
        }
    }

    /** How many keys there are below a type. */
    static int below(ValueType<?> type) {
        Keys keys = new Keys();
        keys.addBelow(type);
        return keys.paths.size();
    }

    void add(Section section, String key) {
        paths.add(section.name().isEmpty() ? key : section.name() + "." + key);
    }

    void addAll(Keys others) {
        paths.addAll(others.paths);
    }

    /** Those that others lack. */
    Set<String> without(Keys others) {
        Set<String> rest = new TreeSet<>(paths);
        rest.removeAll(others.paths);
        return rest;
    }
}

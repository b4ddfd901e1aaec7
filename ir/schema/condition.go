package schema

// conditions returns what keys of a table demand of each other.
func conditions(t *Table) []object {
	var all []object
	for i := range t.Keys {
		if t.Keys[i].Unless.Key != "" {
			all = append(all, unlessSchema(&t.Keys[i]))
		}
	}
	for _, r := range t.Relations {
		all = append(all, relationSchema(t, r))
	}
	for _, v := range t.Variants {
		is := term(Term{t.VariantKey, v.Value})
		// Apart from its values, so that a bad value does not make all
		// keys of the variant unknown.
		all = append(all, ifThen(is, object{{"properties", accepted(v.Table)}}))
		all = append(all, ifThen(is, variantSchema(v.Table)))
	}
	if len(t.Variants) > 0 {
		all = append(all, ifThen(substituted(t.VariantKey), object{{"additionalProperties", true}}))
	}
	return all
}

func ifThen(condition, then object) object {
	return object{{"if", condition}, {"then", then}}
}

// unlessSchema asks for a key and its format where its Unless does not hold.
func unlessSchema(k *Key) object {
	demand := object{{"properties", object{{k.Name, orSubstituted(stringRules(k)...)}}}}
	if k.Required {
		demand = append(demand, member{"required", []string{k.Name}})
	}
	lifted := []object{term(k.Unless)}
	if k.Unless.Value != "" {
		lifted = append(lifted, substituted(k.Unless.Key))
	}
	return object{{"if", object{{"anyOf", lifted}}}, {"else", demand}}
}

// relationSchema refuses the first key of a relation with, or without, the
// other. It never complains about the other, which may be fine.
func relationSchema(t *Table, r Relation) object {
	refused := object{{"properties", object{{r.Key.Key, isNot(t, r.Key)}}}}
	switch {
	case r.Key.Key == OthersKey:
		refused = object{{"properties", accepted(t)}, {"additionalProperties", false}}
	case r.Kind == Needs:
		return object{{"if", term(r.Other)}, {"else", refused}}
	}
	return ifThen(term(r.Other), refused)
}

// isNot describes a value with which t is not set.
func isNot(table *Table, t Term) any {
	switch {
	case t.Value != "":
		return object{{"not", object{{"const", t.Value}}}}
	case isDuration(table.Key(t.Key)):
		return pattern(zeroPattern)
	}
	return false
}

// accepted lets the keys of a table through, whatever their values.
func accepted(t *Table) object {
	o := object{}
	for _, name := range t.Names() {
		o = append(o, member{name, true})
	}
	return o
}

// zeroPattern matches durations of zero. It also matches some texts that are
// no durations, which are refused anyway.
const zeroPattern = `^[+-]?[0.nuµμmsh]*$`

// term holds for a table in which t is set.
func term(t Term) object {
	set := object{{"required", []string{t.Key}}}
	switch t.Value {
	case "":
		return set
	case "true":
		return append(set, member{"properties", object{{t.Key, object{{"const", true}}}}})
	}
	return append(set, member{"properties", object{{t.Key, object{{"const", t.Value}}}}})
}

func isDuration(k *Key) bool { return k != nil && k.Format == Duration }

// substituted holds for a table in which a key has a string with a ${}.
func substituted(key string) object {
	return object{
		{"required", []string{key}},
		{"properties", object{{key, object{{"type", "string"}, {"pattern", substitutionPattern}}}}},
	}
}

// variantSchema describes the keys that a variant adds.
func variantSchema(t *Table) object {
	o := object{{"description", t.Doc}, {"properties", properties(t.Keys)}}
	if names := requiredNames(t.Keys); len(names) > 0 {
		o = append(o, member{"required", names})
	}
	if all := conditions(t); len(all) > 0 {
		o = append(o, member{"allOf", all})
	}
	return o
}

/** What Pydantic 2 calls the keys that a model's configuration had in Pydantic 1. */

/** The same key under another name. Pydantic 2 warns of the old name and does nothing with it. */
export const RENAMED_KEYS: ReadonlyMap<string, string> = new Map([
  ['allow_population_by_field_name', 'populate_by_name'],
  ['anystr_lower', 'str_to_lower'],
  ['anystr_strip_whitespace', 'str_strip_whitespace'],
  ['anystr_upper', 'str_to_upper'],
  ['keep_untouched', 'ignored_types'],
  ['max_anystr_length', 'str_max_length'],
  ['min_anystr_length', 'str_min_length'],
  ['orm_mode', 'from_attributes'],
  ['schema_extra', 'json_schema_extra'],
  ['validate_all', 'validate_default'],
]);

/** Renamed keys with which a model takes more than before, and answers what it answered: to rename them is safe. */
export const HARMLESS_KEYS: ReadonlySet<string> = new Set(['orm_mode', 'schema_extra']);

/** Keys that mean nothing any more, and have no successor of the same value. */
export const REMOVED_KEYS: ReadonlySet<string> = new Set(
  (
    'allow_mutation copy_on_model_validation error_msg_templates fields getter_dict json_dumps json_loads ' +
    'post_init_call smart_union underscore_attrs_are_private'
  ).split(' '),
);

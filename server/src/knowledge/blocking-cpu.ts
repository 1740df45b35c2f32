/** Calls that keep a processor busy for long: hashing made slow on purpose, models, images, tables. By public name. */
const HASHING =
  /^(?:bcrypt\.(?:hashpw|checkpw|kdf)|hashlib\.(?:pbkdf2_hmac|scrypt)|passlib\.context\.CryptContext\.(?:hash|verify|verify_and_update|encrypt)|passlib\.hash\.\w+\.(?:hash|verify|encrypt)|pwdlib\.PasswordHash\.(?:hash|verify|verify_and_update)|argon2\.PasswordHasher\.(?:hash|verify)|werkzeug\.security\.(?:generate|check)_password_hash)$/;

const LOADING = new RegExp(
  `^(?:${[
    'torch\\.(?:load|jit\\.load|hub\\.load)',
    'joblib\\.load',
    'transformers\\.pipeline',
    '(?:transformers|diffusers|sentence_transformers|peft)\\.\\w+\\.from_pretrained',
    'sentence_transformers\\.(?:SentenceTransformer|CrossEncoder)',
    'whisper\\.load_model',
    'faster_whisper\\.WhisperModel',
    'onnxruntime\\.InferenceSession',
    '(?:tensorflow\\.)?keras\\.(?:models|saving)\\.load_model',
    'tensorflow\\.saved_model\\.load',
    'spacy\\.load',
    'ultralytics\\.YOLO',
  ].join('|')})$`,
);

const INFERENCE = new RegExp(
  `^(?:${[
    'torch\\.nn\\.Module\\.__call__',
    'transformers\\.\\w*(?:Model|Pipeline)\\w*\\.(?:__call__|generate)',
    'diffusers\\.\\w*Pipeline\\.__call__',
    'sentence_transformers\\.\\w+\\.(?:encode|predict|rank)',
    'whisper\\.Whisper\\.transcribe',
    'faster_whisper\\.WhisperModel\\.transcribe',
    'onnxruntime\\.InferenceSession\\.run',
    '(?:tensorflow\\.)?keras\\.(?:Model|Sequential)\\.(?:__call__|predict|fit|evaluate)',
    '(?:sklearn\\.\\w+|xgboost|lightgbm|catboost)\\.[A-Z]\\w+\\.(?:fit|predict|predict_proba|transform|fit_transform|fit_predict|score)',
    'ultralytics\\.YOLO\\.(?:__call__|predict|train)',
  ].join('|')})$`,
);

const DECODING =
  /^(?:PIL\.Image\.Image\.(?:convert|resize|thumbnail|rotate|filter|transpose|save|load|verify|tobytes|quantize)|PIL\.ImageOps\.(?:fit|exif_transpose|contain)|cv2\.(?:imread|imdecode|imencode|imwrite|resize)|(?:pandas|polars)\.read_\w+)$/;

export type Work = 'hashing' | 'loading' | 'inference' | 'decoding';

/** What a call is busy with, by its public name. */
export function workOf(name: string): Work | undefined {
  if (HASHING.test(name)) return 'hashing';
  if (LOADING.test(name)) return 'loading';
  if (INFERENCE.test(name)) return 'inference';
  return DECODING.test(name) ? 'decoding' : undefined;
}

/**
 * FastAPI code as teams write it, made from a number: the same every time, and no line repeated over and over. One
 * entity gives four files of a project (model, schemas, service, router); a long single file holds many of them.
 */

const nouns = [
  'invoice', 'shipment', 'customer', 'warehouse', 'coupon', 'ticket', 'article', 'comment',
  'supplier', 'contract', 'payment', 'refund', 'booking', 'vehicle', 'driver', 'route_plan',
  'device', 'sensor', 'reading', 'alert',
]; // biome-ignore format: a list of words
const kinds = ['daily', 'archived', 'regional', 'internal', 'draft', 'shared', 'legacy', 'partner'];
const fields: readonly (readonly [name: string, type: string, column: string])[] = [
  ['title', 'str', 'String(120)'],
  ['amount', 'int', 'Integer'],
  ['note', 'str | None', 'Text'],
  ['is_active', 'bool', 'Boolean'],
  ['weight', 'float', 'Float'],
  ['currency', 'str', 'String(3)'],
  ['quantity', 'int', 'Integer'],
  ['country', 'str', 'String(2)'],
  ['score', 'float', 'Float'],
  ['reference', 'str', 'String(40)'],
  ['priority', 'int', 'Integer'],
  ['label', 'str | None', 'String(60)'],
];

type Field = (typeof fields)[number];

interface Entity {
  readonly index: number;
  /** `daily_invoice_3` */
  readonly snake: string;
  /** `DailyInvoice3` */
  readonly name: string;
  readonly fields: readonly Field[];
}

export interface EntityCode {
  readonly snake: string;
  readonly name: string;
  readonly model: readonly string[];
  readonly schemas: readonly string[];
  readonly service: readonly string[];
  readonly router: readonly string[];
  /** Four more path operations of the router. */
  readonly more: readonly string[];
}

function entityOf(index: number): Entity {
  const noun = nouns[index % nouns.length] ?? 'thing';
  const kind = kinds[Math.floor(index / nouns.length) % kinds.length] ?? 'plain';
  const snake = `${kind}_${noun}_${index}`;
  const name = snake
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
  const count = 3 + (index % 4);
  const start = (index * 5) % fields.length;
  const own = [...fields.slice(start), ...fields.slice(0, start)].slice(0, count);
  return { index, snake, name, fields: own };
}

/** Everything of one entity, without imports. */
export function entityCode(index: number): EntityCode {
  const entity = entityOf(index);
  const { snake, name } = entity;
  return {
    snake,
    name,
    model: modelOf(entity),
    schemas: schemasOf(entity),
    service: serviceOf(entity),
    router: routerOf(entity),
    more: moreOf(entity),
  };
}

function modelOf({ snake, name, fields: own }: Entity): string[] {
  return [
    `class ${name}(Base):`,
    `    """One row of ${snake}."""`,
    '',
    `    __tablename__ = "${snake}"`,
    '',
    '    id: Mapped[int] = mapped_column(primary_key=True)',
    ...own.map(
      ([field, type, column]) =>
        `    ${field}: Mapped[${type}] = mapped_column(${column}, index=${field.length % 2 ? 'True' : 'False'})`,
    ),
    '    created_at: Mapped[datetime] = mapped_column(DateTime, server_default=func.now())',
    '',
    '    def __repr__(self) -> str:',
    `        return f"<${name} {self.id} {self.${own[0]?.[0] ?? 'id'}}>"`,
  ];
}

function schemasOf({ index, name, fields: own }: Entity): string[] {
  const [first] = own;
  return [
    `class ${name}In(BaseModel):`,
    ...own.map(([field, type]) =>
      type.endsWith('None') ? `    ${field}: ${type} = None` : `    ${field}: ${type}`,
    ),
    '',
    ...(first?.[1] === 'str'
      ? [
          `    @field_validator("${first[0]}")`,
          '    @classmethod',
          `    def check_${first[0]}(cls, value: str) -> str:`,
          `        if len(value.strip()) < ${2 + (index % 5)}:`,
          `            raise ValueError("${first[0]} of ${name} is too short")`,
          '        return value.strip()',
          '',
        ]
      : []),
    '',
    `class ${name}Out(${name}In):`,
    '    model_config = ConfigDict(from_attributes=True)',
    '',
    '    id: int',
    '    created_at: datetime',
  ];
}

function serviceOf({ index, snake, name, fields: own }: Entity): string[] {
  const [first = 'id', second = 'id'] = own.map(([field]) => field);
  return [
    `class ${name}Service:`,
    '    def __init__(self, session: AsyncSession) -> None:',
    '        self.session = session',
    `        self.page_size = ${10 + (index % 7) * 5}`,
    '',
    `    async def get(self, ${snake}_id: int) -> ${name} | None:`,
    `        return await self.session.get(${name}, ${snake}_id)`,
    '',
    `    async def find(self, ${first}: str | None = None, page: int = 1) -> list[${name}]:`,
    `        statement = select(${name}).order_by(${name}.${second}.desc())`,
    `        if ${first} is not None:`,
    `            statement = statement.where(${name}.${first} == ${first})`,
    '        offset = (page - 1) * self.page_size',
    '        result = await self.session.execute(statement.offset(offset).limit(self.page_size))',
    '        return list(result.scalars())',
    '',
    `    async def create(self, data: ${name}In) -> ${name}:`,
    `        ${snake} = ${name}(**data.model_dump())`,
    `        self.session.add(${snake})`,
    '        await self.session.commit()',
    `        await self.session.refresh(${snake})`,
    `        logger.info("created ${snake} %s", ${snake}.id)`,
    `        return ${snake}`,
    '',
    ...(index % 3 === 0
      ? [
          `    async def total(self, rows: list[${name}]) -> float:`,
          `        total = ${index % 11}.0`,
          '        for row in rows:',
          `            if row.${second} is None:`,
          '                continue',
          `            share = float(len(str(row.${first}))) / max(1, len(rows))`,
          `            total += round(share * ${1 + (index % 9)}, 2)`,
          '        return total',
        ]
      : [
          `    async def summary(self, ids: list[int]) -> dict[str, int]:`,
          '        counts: dict[str, int] = {}',
          `        rows = await self.session.scalars(select(${name}).where(${name}.id.in_(ids)))`,
          '        for row in rows:',
          `            key = str(row.${first} or "none-${index}")`,
          '            counts[key] = counts.get(key, 0) + 1',
          `        return {key: value for key, value in counts.items() if value > ${index % 4}}`,
        ]),
  ];
}

function routerOf({ index, snake, name, fields: own }: Entity): string[] {
  const [first = 'id'] = own.map(([field]) => field);
  const path = snake.replaceAll('_', '-');
  const reads = [
    `${snake}_router = APIRouter(prefix="/${path}", tags=["${path}"])`,
    '',
    '',
    `def ${snake}_service(session: AsyncSession = Depends(get_session)) -> ${name}Service:`,
    `    return ${name}Service(session)`,
    '',
    '',
    `@${snake}_router.get("/", response_model=list[${name}Out])`,
    `async def list_${snake}(${first}: str | None = None, page: int = 1, service: ${name}Service = Depends(${snake}_service)):`,
    `    rows = await service.find(${first}, page)`,
    `    logger.debug("found %d of ${snake}", len(rows))`,
    '    return rows',
    '',
    '',
    `@${snake}_router.get("/{${snake}_id}")`,
    `async def read_${snake}(${snake}_id: int, service: ${name}Service = Depends(${snake}_service)) -> ${name}Out:`,
    `    ${snake} = await service.get(${snake}_id)`,
    `    if ${snake} is None:`,
    `        raise HTTPException(status_code=404, detail="no such ${path}")`,
    `    return ${name}Out.model_validate(${snake})`,
    '',
    '',
    `@${snake}_router.post("/", status_code=201)`,
    `async def create_${snake}(data: ${name}In, tasks: BackgroundTasks, service: ${name}Service = Depends(${snake}_service)) -> ${name}Out:`,
    `    created = await service.create(data)`,
    `    tasks.add_task(notify, "${snake}", created.id)`,
    `    return ${name}Out.model_validate(created)`,
    '',
    '',
  ];
  return [...reads, ...worstOf(index, snake, name, first)];
}

function moreOf({ snake, name, fields: own }: Entity): string[] {
  const first = own[0]?.[0] ?? 'id';
  const service = `service: ${name}Service = Depends(${snake}_service)`;
  return [
    `@${snake}_router.put("/{${snake}_id}", response_model=${name}Out)`,
    `async def replace_${snake}(${snake}_id: int, data: ${name}In, ${service}):`,
    `    ${snake} = await service.get(${snake}_id)`,
    `    if ${snake} is None:`,
    `        raise HTTPException(status_code=404, detail="no such ${snake}")`,
    `    ${snake}.${first} = data.${first}`,
    `    return ${snake}`,
    '',
    '',
    `@${snake}_router.delete("/{${snake}_id}", status_code=204)`,
    `async def delete_${snake}(${snake}_id: int, tasks: BackgroundTasks, ${service}) -> None:`,
    `    tasks.add_task(notify, "${snake}", ${snake}_id)`,
    '',
    '',
    `@${snake}_router.get("/by/{${first}}", response_model=list[${name}Out])`,
    `async def search_${snake}(${first}: str, page: int = 1, ${service}):`,
    `    return await service.find(${first}, page)`,
    '',
    '',
    `@${snake}_router.get("/latest/{count}")`,
    `async def latest_${snake}(count: int, ${service}) -> list[${name}Out]:`,
    '    rows = await service.find(None, count)',
    `    return [${name}Out.model_validate(row) for row in rows]`,
  ];
}

/** What a checker is there for, now and then. */
function worstOf(index: number, snake: string, name: string, first: string): string[] {
  const head = [`@${snake}_router.post("/{${snake}_id}/publish")`];
  switch (index % 4) {
    case 0:
      return [
        ...head,
        `async def publish_${snake}(${snake}_id: int) -> dict[str, int]:`,
        `    answer = requests.post("https://partner.example/${snake}", json={"id": ${snake}_id}, timeout=${2 + (index % 9)})`,
        '    return {"status": answer.status_code}',
      ];
    case 1:
      return [
        ...head,
        `async def publish_${snake}(${snake}_id: int, service: ${name}Service = Depends(${snake}_service)):`,
        `    ${snake} = await service.get(${snake}_id)`,
        `    if ${snake} is None:`,
        `        return HTTPException(404, "${snake} is gone")`,
        `    return {"${first}": ${snake}.${first}, "by": "service-${index}"}`,
      ];
    case 2:
      return [
        ...head,
        `async def publish_${snake}(ids: list[int], session: AsyncSession = Depends(get_session)) -> list[str]:`,
        '    names = []',
        '    for each in ids:',
        `        row = await session.get(${name}, each)`,
        `        names.append(f"{row}:{each + ${index}}")`,
        '    return names',
      ];
    default:
      return [
        ...head,
        `def publish_${snake}(${snake}_id: int, wait: float = 0.${index % 10}) -> dict[str, str]:`,
        '    time.sleep(wait)',
        `    return {"${snake}": f"{${snake}_id:0${4 + (index % 5)}d}"}`,
      ];
  }
}

const imports = [
  'import logging',
  'import time',
  'from datetime import datetime',
  '',
  'import requests',
  'from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException',
  'from pydantic import BaseModel, ConfigDict, field_validator',
  'from sqlalchemy import Boolean, DateTime, Float, Integer, String, Text, func, select',
  'from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine',
  'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column',
  '',
  'logger = logging.getLogger(__name__)',
];

const database = [
  'engine = create_async_engine("sqlite+aiosqlite:///app.db")',
  'Session = async_sessionmaker(engine, expire_on_commit=False)',
  '',
  '',
  'class Base(DeclarativeBase):',
  '    pass',
  '',
  '',
  'async def get_session():',
  '    async with Session() as session:',
  '        yield session',
  '',
  '',
  'def notify(kind: str, number: int) -> None:',
  '    logger.info("%s %d", kind, number)',
];

/** One file of about so many lines that holds a whole application. */
export function longFile(lines: number, seed = 0): string {
  const parts: (readonly string[])[] = [imports, database];
  const routers: string[] = [];
  let length = imports.length + database.length;
  for (let index = seed; length < lines - routers.length - 10; index++) {
    const { snake, model, schemas, service, router } = entityCode(index);
    for (const part of [model, schemas, service, router]) {
      parts.push(part);
      length += part.length + 2;
    }
    routers.push(`app.include_router(${snake}_router)`);
  }
  parts.push(['app = FastAPI(title="Generated")', ...routers]);
  return `${parts.map((part) => part.join('\n')).join('\n\n\n')}\n`;
}

/** A project of so many files, with about twice as many path operations, by path. */
export function generatedProject(files: number): Map<string, string> {
  const project = new Map<string, string>();
  const add = (path: string, ...parts: (readonly string[])[]) =>
    project.set(path, `${parts.map((part) => part.join('\n')).join('\n\n\n')}\n`);
  for (const folder of ['', 'models/', 'schemas/', 'services/', 'routers/'])
    project.set(`app/${folder}__init__.py`, '');
  add('app/db.py', imports, database);
  const main = ['from fastapi import FastAPI'];
  const routers: string[] = [];
  for (let index = 0; project.size + 4 < files; index++) {
    const { snake, name, model, schemas, service, router, more } = entityCode(index);
    add(`app/models/${snake}.py`, [...imports, '', 'from ..db import Base'], model);
    add(`app/schemas/${snake}.py`, imports, schemas);
    add(
      `app/services/${snake}.py`,
      [
        ...imports,
        '',
        `from app.models.${snake} import ${name}`,
        `from app.schemas.${snake} import ${name}In`,
      ],
      service,
    );
    add(
      `app/routers/${snake}.py`,
      [
        ...imports,
        '',
        'from app.db import get_session, notify',
        `from app.models.${snake} import ${name}`,
        `from app.schemas.${snake} import ${name}In, ${name}Out`,
        `from app.services.${snake} import ${name}Service`,
      ],
      router,
      more,
    );
    main.push(`from app.routers.${snake} import ${snake}_router`);
    routers.push(`app.include_router(${snake}_router)`);
  }
  add('app/main.py', main, ['app = FastAPI()', ...routers]);
  for (let index = 0; project.size < files; index++)
    add(`app/tool_${index}.py`, [`NUMBER = ${index}`]);
  return project;
}
